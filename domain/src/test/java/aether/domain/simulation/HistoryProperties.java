package aether.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.audit.AuditCommand;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.export.ExportCommand;
import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Outcome;
import aether.domain.kernel.Rejection;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.organization.OrganizationCommand;
import aether.domain.samples.Samples;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

class HistoryProperties {

    private static final Set<Class<?>> REPEATED = new HashSet<>();

    @Provide
    Arbitrary<List<Command>> histories() {
        return Histories.any();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aPrefixAndThenTheRestIsTheWhole(
            @ForAll("histories") List<Command> history, @ForAll @IntRange(max = 100) int percent) {
        MemoryLog whole = new MemoryLog();
        history.forEach(command -> send(whole, command));
        int cut = whole.events().size() * percent / 100;

        MemoryLog replayed = MemoryLog.replay(whole.events().subList(0, cut));
        replayed.appendAll(whole.events().subList(cut, whole.events().size()));

        assertThat(replayed.slugs()).isEqualTo(whole.slugs());
        assertThat(replayed.organizations()).isEqualTo(whole.organizations());
        assertThat(replayed.regions()).isEqualTo(whole.regions());
        assertThat(replayed.clusters()).isEqualTo(whole.clusters());
        assertThat(replayed.pools()).isEqualTo(whole.pools());
        assertThat(replayed.machines()).isEqualTo(whole.machines());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aCommandRepeatedAfterItsEventChangesNothing(@ForAll("histories") List<Command> history) {
        MemoryLog log = new MemoryLog();
        for (Command command : history) {
            if (!(send(log, command) instanceof Outcome.Accepted accepted) || !accepted.changed()) {
                continue;
            }
            REPEATED.add(command.getClass());
            if (!isAFactThatMayBeTrueTwice(command)) {
                List<DomainEvent> before = List.copyOf(log.events());
                log.send(command);
                assertThat(log.events()).as("%s, once more", command).isEqualTo(before);
            }
        }
    }

    /** No command is left out of the property above by never being accepted. */
    @AfterContainer
    static void everyKindOfCommandWasRepeated() {
        assertThat(REPEATED)
                .containsAll(Samples.COMMANDS.stream()
                        .<Class<?>>map(Command::getClass)
                        .toList());
    }

    /** What happened twice is told twice; a second telling of the same is known by the id of its command. */
    private static boolean isAFactThatMayBeTrueTwice(Command command) {
        return command instanceof AuditCommand
                || command instanceof ExportCommand.RecordExportDownloaded
                || command instanceof OrganizationCommand.SetBillingContact
                || command instanceof ClusterCommand.RecordDriftCorrected
                || command instanceof ClusterCommand.ReportDeletionDelayed
                || command instanceof ClusterCommand.ReportAuthorityDelayed
                || command instanceof ClusterCommand.ReportUpgradeDelayed
                || command instanceof ClusterCommand.ReportHibernationDelayed
                || command instanceof ClusterCommand.RecordCredentialIssued
                || command instanceof NodePoolCommand.RollNodePool;
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aRefusalSaysWhyInOneSentence(@ForAll("histories") List<Command> history) {
        MemoryLog log = new MemoryLog();
        for (Command command : history) {
            if (log.decide(command) instanceof Decision.Refused<?> refused) {
                Rejection why = refused.rejection();
                assertThat(why.code()).matches("[a-z]+(_[a-z]+)*");
                assertThat(why.field()).matches("([a-z0-9]+([_.][a-z0-9]+)*)?");
                assertThat(why.message()).matches("Expected .+\\.").hasSizeLessThan(300);
            }
            send(log, command);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void versionsNeverGoBack(@ForAll("histories") List<Command> history) {
        MemoryLog log = new MemoryLog();
        history.forEach(command -> send(log, command));

        Map<String, KubernetesVersion> wanted = new HashMap<>();
        for (DomainEvent event : log.events()) {
            switch (event) {
                case ClusterEvent.ClusterRequested requested -> wanted.put(event.stream(), requested.version());
                case ClusterEvent.ClusterUpgradeStarted started -> {
                    assertThat(started.from()).isEqualTo(wanted.put(event.stream(), started.to()));
                    assertThat(started.from().mayMoveTo(started.to())).isTrue();
                }
                case ClusterEvent.ClusterUpgradeAbandoned abandoned ->
                    assertThat(abandoned.abandoned()).isEqualTo(wanted.put(event.stream(), abandoned.backTo()));
                case ClusterEvent.ClusterUpgraded upgraded ->
                    assertThat(upgraded.version()).isEqualTo(wanted.get(event.stream()));
                default -> {}
            }
        }
    }

    /** An id that was used once starts nothing again: the log refuses a second birth, as a stale write. */
    private static Outcome send(MemoryLog log, Command command) {
        return log.decide(command) instanceof Decision.Accepted<?> accepted
                        && accepted.events().stream().anyMatch(log::isSecondBirth)
                ? new Outcome.Accepted(false)
                : log.send(command);
    }
}
