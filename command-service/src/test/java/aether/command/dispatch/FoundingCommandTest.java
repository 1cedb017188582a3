package aether.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.streams.Streams;
import aether.domain.kernel.Command;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.Outcome;
import aether.domain.network.NetworkCommand.OpenRegion;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand.RegisterOrganization;
import aether.embedded.postgres.TestPostgres;
import aether.format.JsonEventCodec;
import aether.store.axon.AggregateCache;
import aether.store.axon.LogEventStorageEngine;
import aether.store.axon.LogEventStore;
import aether.store.axon.LogMessageSource;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.sql.SQLException;
import java.util.Random;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes on one log, told to begin streams that the other may have begun. */
class FoundingCommandTest {

    private static final RolePasswords PASSWORDS = new RolePasswords("append-secret", "read-secret", "saga-secret");

    private static final OrganizationId ACME = new OrganizationId(new UUID(0, 1));

    private static final OrganizationId OTHER = new OrganizationId(new UUID(0, 2));

    private DatabaseSettings appender;

    private Running one;

    private Running two;

    @BeforeEach
    void start() throws SQLException {
        TestPostgres.Database database = TestPostgres.createDatabase();
        DatabaseSettings owner = new DatabaseSettings(
                database.jdbcUrl(), database.owner().user(), database.owner().password());
        LogSchema.migrate(owner, PASSWORDS);
        appender = owner.as(LogSchema.APPENDER, PASSWORDS.appender());
        one = new Running(appender);
        two = new Running(appender);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void beginsAStreamWithoutLookingForIt() {
        one.reader.close(); // every look would fail

        Dispatched dispatched = one.send(UUID.randomUUID(), open(9));

        assertThat(dispatched).isEqualTo(new Dispatched(new Outcome.Accepted(true), 0));
    }

    @Test
    void answersFromTheLogWhenTheStreamWasBegunElsewhere() {
        one.send(UUID.randomUUID(), open(9));

        assertThat(two.send(UUID.randomUUID(), open(9)).outcome()).isEqualTo(new Outcome.Accepted(false));
        assertThat(two.send(UUID.randomUUID(), open(8)).outcome()).isInstanceOf(Outcome.Refused.class);
        assertThat(two.reader.head()).isZero();
    }

    @Test
    void refusesASlugThatAnotherProcessGaveAwayAndKeepsNothingOfTheAttempt() {
        one.send(UUID.randomUUID(), register(ACME));
        long head = one.reader.head();

        assertThat(two.send(UUID.randomUUID(), register(OTHER)).outcome()).isInstanceOf(Outcome.Refused.class);
        assertThat(two.send(UUID.randomUUID(), register(ACME)).outcome()).isEqualTo(new Outcome.Accepted(false));
        assertThat(two.reader.head()).isEqualTo(head);
    }

    @Test
    void aRepeatedCommandChangesNothing() {
        UUID command = UUID.randomUUID();
        one.send(command, register(ACME));

        assertThat(two.send(command, register(ACME)).outcome()).isEqualTo(new Outcome.Accepted(false));
        assertThat(one.send(command, register(ACME)).outcome()).isEqualTo(new Outcome.Accepted(false));
    }

    @Test
    void refusesWhatIsWrongOnAnEmptyStreamToo() {
        assertThat(one.send(UUID.randomUUID(), open(0)).outcome()).isInstanceOf(Outcome.Refused.class);
        assertThat(one.send(UUID.randomUUID(), open(9)).outcome()).isEqualTo(new Outcome.Accepted(true));
    }

    private static Command open(int firstVmId) {
        return new OpenRegion("local", block("10.0.0.0/16"), block("10.1.0.0/24"), firstVmId, 100);
    }

    private static Command register(OrganizationId id) {
        return new RegisterOrganization("acme", id, "Acme");
    }

    private static Ipv4Block block(String text) {
        return Ipv4Block.parse(text).orElseThrow();
    }

    private static final class Running implements AutoCloseable {

        private final LogWriter writer;

        private final LogSignal signal;

        private final LogReader reader;

        private final Configuration axon;

        private final CommandDispatcher dispatcher;

        Running(DatabaseSettings appender) {
            writer = LogWriter.open(WriterSettings.of(appender), step -> {});
            signal = LogSignal.open(appender);
            reader = LogReader.open(ReaderSettings.of(appender), signal);
            JsonEventCodec codec = new JsonEventCodec();
            Appends appends = new Appends();
            AggregateCache cache = new AggregateCache(100);
            LogEventStore store = new LogEventStore(
                    new LogEventStorageEngine(writer, reader, codec, appends::stored),
                    new LogMessageSource(reader, signal, codec));
            AxonCommands.nameTenants(store, new Streams(reader, codec));
            CommandBus bus = AxonCommands.bus();
            var configurer = DefaultConfigurer.defaultConfiguration(false)
                    .configureCommandBus(unused -> bus)
                    .configureEventStore(unused -> store);
            AxonCommands.aggregates(cache).configureModule(configurer);
            axon = configurer.start();
            dispatcher = new CommandDispatcher(bus, appends, cache, reader::head, new Random(1));
        }

        Dispatched send(UUID commandId, Command command) {
            return dispatcher.dispatch(
                    new CommandEnvelope(commandId, command, CommandContext.of(new Actor("user", "ada"))));
        }

        @Override
        public void close() {
            axon.shutdown();
            writer.close();
            reader.close();
            signal.close();
        }
    }
}
