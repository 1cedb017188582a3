package aether.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.archive.ArchiveEvent;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterEvent;
import aether.domain.export.ExportEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.SlugEvent;
import aether.domain.privacy.SubjectEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTypesTest {

    private static final List<Class<?>> FAMILIES = List.of(
            OrganizationEvent.class,
            SlugEvent.class,
            NetworkEvent.class,
            ClusterEvent.class,
            NodePoolEvent.class,
            MachineEvent.class,
            AuditEvent.class,
            SubjectEvent.class,
            ExportEvent.class,
            ArchiveEvent.class);

    @Test
    void holdsEveryEventOfTheDomainOnce() {
        Stream<Class<?>> events = FAMILIES.stream().flatMap(SealedFamilies::records);

        assertThat(EventTypes.PLATFORM.rows())
                .<Class<?>>map(EventTypes.Row::event)
                .containsExactlyInAnyOrderElementsOf(events.toList());
    }

    @Test
    void namesEveryEventInItsOneForm() {
        assertThat(EventTypes.PLATFORM.rows())
                .map(EventTypes.Row::name)
                .allMatch(name -> name.matches("cloud\\.aetherplatform\\.[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"));
    }

    @Test
    void refusesASecondRowForANameOrAClass() {
        EventTypes.Row row = new EventTypes.Row("a.b", 1, ClusterEvent.ClusterRunning.class);
        EventTypes.Row sameName = new EventTypes.Row("a.b", 1, ClusterEvent.ClusterDeleted.class);
        EventTypes.Row sameClass = new EventTypes.Row("a.c", 1, ClusterEvent.ClusterRunning.class);

        assertThatThrownBy(() -> new EventTypes(List.of(row, sameName))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventTypes(List.of(row, sameClass))).isInstanceOf(IllegalArgumentException.class);
    }
}
