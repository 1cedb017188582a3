package aether.reconcile.desired;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.reconcile.desired.WorkKey.Subject;
import aether.reconcile.render.ResourceKind;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkKeyTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(8, 8));

    private static List<Subject> subjects(List<WorkKey> keys) {
        return keys.stream().map(WorkKey::subject).toList();
    }

    @Test
    void whoWroteAnObjectItselfNeedNotBeToldOfIt() {
        for (ResourceKind kind : ResourceKind.ALL) {
            assertThat(subjects(WorkKey.concerned(kind, CLUSTER))).contains(Subject.CONTROL_PLANE);
            assertThat(subjects(WorkKey.concernedByOurs(kind, CLUSTER)))
                    .doesNotContain(Subject.CONTROL_PLANE, Subject.CERTIFICATES);
        }
    }

    @Test
    void theWayIntoATenantIsMadeByOthersThanThoseWhoTakeIt() {
        assertThat(subjects(WorkKey.concernedByOurs(ResourceKind.CONFIG_MAP, CLUSTER)))
                .containsExactly(Subject.ADDONS);
        assertThat(subjects(WorkKey.concernedByOurs(ResourceKind.CERTIFICATE, CLUSTER)))
                .containsExactly(Subject.PUBLIC_NAME);
    }
}
