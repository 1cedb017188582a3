package aether.reconcile.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterEvent;
import aether.embedded.postgres.TestPostgres;
import aether.format.JsonEventCodec;
import aether.reconcile.CommandServiceDouble;
import aether.store.axon.LogMessageSource;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.ReaderSettings;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sagas, token and deadlines together in a real database. */
@Timeout(120)
class SagasOnPostgresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RolePasswords PASSWORDS = new RolePasswords("a-secret", "r-secret", "s-secret");

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final DatabaseSettings owner = new DatabaseSettings(
            database.jdbcUrl(), database.owner().user(), database.owner().password());

    @Test
    void aDeadlineThatPassesIsToldAndALateOneChangesNothing() throws Exception {
        LogSchema.migrate(owner, PASSWORDS);
        DatabaseSettings saga = owner.as(LogSchema.SAGA, PASSWORDS.saga());
        DatabaseSettings reader = owner.as(LogSchema.READER, PASSWORDS.reader());
        try (CommandServiceDouble commands =
                        new CommandServiceDouble(owner.as(LogSchema.APPENDER, PASSWORDS.appender()), 0);
                LogSignal signal = LogSignal.open(reader);
                LogReader log = LogReader.open(ReaderSettings.of(reader), signal);
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(saga.url());
            pool.setUsername(saga.user());
            pool.setPassword(saga.password());
            StoppedProcesses stopped = new StoppedProcesses();
            Configuration axon = new Axon(new Sagas(
                            new LogMessageSource(log, signal, new JsonEventCodec()),
                            pool,
                            "node-1",
                            (id, command, cause) -> commands.decide(id, command),
                            stopped))
                    .start();
            commands.requestTenant(0);

            // One deadline for the network, one for the load balancer; the first is late by now.
            await(() -> number("select count(*) from process.scheduled_tasks") == 2
                    && number("select count(*) from process.sagas") == 1);
            execute("update process.scheduled_tasks set execution_time = now() - interval '1 second'");
            await(() -> commands.read(decided ->
                    decided.events().stream().anyMatch(ClusterEvent.ClusterProvisioningDelayed.class::isInstance)));

            await(() -> number("select count(*) from process.scheduled_tasks where execution_time <= now()") == 0);
            assertThat(stopped.reasons()).isEmpty();
            axon.shutdown();
        }
    }

    /** Axon with nothing but the sagas. */
    private record Axon(Sagas sagas) {
        Configuration start() {
            var configurer = DefaultConfigurer.defaultConfiguration(false)
                    .configureSerializer(unused -> aether.store.process.ProcessStores.serializer())
                    .configureEventBus(unused -> org.axonframework.eventhandling.SimpleEventBus.builder()
                            .build());
            sagas.configureModule(configurer);
            return configurer.start();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void await(Callable<Boolean> reached) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.call()) {
            assertThat(System.nanoTime()).describedAs("patience").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
