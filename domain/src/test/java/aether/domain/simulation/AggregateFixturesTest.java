package aether.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.CoreMatchers.instanceOf;

import aether.domain.archive.ArchiveAggregate;
import aether.domain.archive.ArchiveCommand;
import aether.domain.audit.AuditAggregate;
import aether.domain.audit.AuditCommand;
import aether.domain.cluster.ClusterAggregate;
import aether.domain.cluster.ClusterCommand;
import aether.domain.export.ExportAggregate;
import aether.domain.export.ExportCommand;
import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Outcome;
import aether.domain.machine.MachineAggregate;
import aether.domain.machine.MachineCommand;
import aether.domain.network.NetworkCommand;
import aether.domain.network.RegionAggregate;
import aether.domain.nodepool.NodePoolAggregate;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.organization.OrganizationAggregate;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.SlugAggregate;
import aether.domain.organization.SlugCommand;
import aether.domain.privacy.SubjectAggregate;
import aether.domain.privacy.SubjectCommand;
import aether.domain.samples.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.Message;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Axon shells answer every command as their deciders do, in Axon's own fixture, and append what was decided. */
class AggregateFixturesTest {

    /** A whole life, and every kind of command at least once wherever the life happens to be. */
    @TestFactory
    Stream<DynamicTest> answersAsTheDecider() {
        List<Command> commands = new ArrayList<>(Histories.life());
        commands.addAll(Samples.COMMANDS);
        List<DynamicTest> tests = new ArrayList<>();
        MemoryLog log = new MemoryLog();
        for (Command command : commands) {
            List<DomainEvent> given = log.events().stream()
                    .filter(event -> event.stream().equals(command.stream()))
                    .toList();
            Decision<?> decision = log.decide(command);
            if (decision instanceof Decision.Accepted<?> accepted
                    && accepted.events().stream().anyMatch(log::isSecondBirth)) {
                continue;
            }
            log.send(command);
            tests.add(DynamicTest.dynamicTest(
                    command.getClass().getSimpleName() + " after " + given.size(),
                    () -> answers(command, given, decision)));
        }
        return tests.stream();
    }

    @Test
    void everyKindOfCommandIsAmongThem() {
        Set<Class<?>> kinds = new HashSet<>();
        Samples.COMMANDS.forEach(command -> kinds.add(command.getClass()));

        assertThat(Histories.life()).allMatch(command -> kinds.contains(command.getClass()));
    }

    @Test
    void refusesASlugBeforeAnythingExists() {
        fixture(SlugAggregate.class, births())
                .givenNoPriorActivity()
                .when(new SlugCommand.RegisterOrganization("Not a label", Samples.ORGANIZATION, "Acme"))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(instanceOf(Outcome.Refused.class));
    }

    @Test
    void aClusterThatIsNotThereIsNotFound() {
        fixture(ClusterAggregate.class, births())
                .givenNoPriorActivity()
                .when(new ClusterCommand.DeleteCluster(Samples.CLUSTER))
                .expectNoEvents()
                .expectException(AggregateNotFoundException.class);
    }

    private static void answers(Command command, List<DomainEvent> given, Decision<?> decision) {
        EmbeddedEventStore births = births();
        AggregateTestFixture<?> fixture = fixture(aggregateOf(command), births);
        TestExecutor<?> executor = given.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(given);
        switch (decision) {
            case Decision.Accepted<?> accepted -> {
                executor.when(command)
                        .expectResultMessagePayload(
                                new Outcome.Accepted(!accepted.events().isEmpty()))
                        .expectEvents(accepted.events().stream()
                                .filter(event -> event.stream().equals(command.stream()))
                                .toArray());
                accepted.events().stream()
                        .filter(event -> !event.stream().equals(command.stream()))
                        .forEach(event -> assertThat(
                                        births.readEvents(event.stream()).asStream())
                                .<Object>map(Message::getPayload)
                                .containsExactly(event));
            }
            case Decision.Refused<?> refused -> {
                if (given.isEmpty() && !createsWhatIsMissing(command)) {
                    executor.when(command).expectException(AggregateNotFoundException.class);
                } else {
                    executor.when(command)
                            .expectResultMessagePayload(Outcome.Refused.of(refused.rejection()))
                            .expectNoEvents();
                }
            }
        }
    }

    private static boolean createsWhatIsMissing(Command command) {
        return command instanceof SlugCommand
                || command instanceof AuditCommand
                || command instanceof SubjectCommand
                || command instanceof ArchiveCommand
                || command instanceof ExportCommand
                || command instanceof NetworkCommand.OpenRegion;
    }

    private static Class<?> aggregateOf(Command command) {
        return switch (command) {
            case SlugCommand unused -> SlugAggregate.class;
            case OrganizationCommand unused -> OrganizationAggregate.class;
            case NetworkCommand unused -> RegionAggregate.class;
            case ClusterCommand unused -> ClusterAggregate.class;
            case NodePoolCommand unused -> NodePoolAggregate.class;
            case MachineCommand unused -> MachineAggregate.class;
            case AuditCommand unused -> AuditAggregate.class;
            case SubjectCommand unused -> SubjectAggregate.class;
            case ArchiveCommand unused -> ArchiveAggregate.class;
            case ExportCommand unused -> ExportAggregate.class;
            default -> throw new IllegalArgumentException("Expected a command of the domain, but got " + command);
        };
    }

    /** The fixture's own store takes events of one aggregate only, so the aggregates that are born get another. */
    private static EmbeddedEventStore births() {
        return EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
    }

    private static <T> AggregateTestFixture<T> fixture(Class<T> type, EventStore births) {
        AggregateTestFixture<T> fixture = new AggregateTestFixture<>(type);
        fixture.registerRepositoryProvider(new RepositoryProvider() {
            @Override
            public <A> Repository<A> repositoryFor(Class<A> born) {
                return EventSourcingRepository.builder(born)
                        .eventStore(births)
                        .repositoryProvider(this)
                        .build();
            }
        });
        return fixture;
    }
}
