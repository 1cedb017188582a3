package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterStatus;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A site takes a setting back: what followed from it goes, and nothing else does. */
@Tag("slow")
class LeftoversTest {

    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);

    @TempDir
    Path directory;

    @Test
    void choresGoWithTheSettingAndWhatSomebodyElseMadeStays() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(SandboxWorld.upkeep(true)), Breaker.nowhere());
            Tenant.request(landscape, 0);
            settle(world, landscape);
            assertThat(names(world, ResourceKind.CRON_JOB)).containsExactly("etcd-defrag", "etcd-snapshot");
            List<String> before = names(world, ResourceKind.NETWORK_POLICY);
            makeAnothersCronJob(world);

            landscape.restart(world.outside());
            settle(world, landscape);

            assertThat(names(world, ResourceKind.CRON_JOB)).containsExactly("somebody-elses");
            assertThat(before).contains("etcd-defrag", "etcd-snapshot");
            assertThat(names(world, ResourceKind.NETWORK_POLICY))
                    .doesNotContain("etcd-defrag", "etcd-snapshot")
                    .contains("etcd", "kube-apiserver");
            assertThat(Tenant.state(landscape).stalls()).isEmpty();
        }
    }

    private static void settle(SandboxWorld world, Landscape landscape) throws Exception {
        landscape.step();
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                && landscape.troubles().isEmpty()
                && world.sandbox().isIdle());
    }

    /** With our labels, but not applied by us. */
    private static void makeAnothersCronJob(SandboxWorld world) {
        ObjectNode job = Json.object();
        ObjectNode metadata = job.putObject("metadata").put("name", "somebody-elses");
        ObjectNode labels = metadata.putObject("labels");
        Labels.of(Tenant.ORGANIZATION, Tenant.CLUSTER).forEach(labels::put);
        job.putObject("spec").put("schedule", "0 0 * * *");
        world.sandbox().management().create(Types.CRON_JOB, NAMESPACE, job, WriteOptions.by("somebody"));
    }

    private static List<String> names(SandboxWorld world, ResourceKind kind) {
        return world.cluster().list(kind, NAMESPACE, Map.of()).stream()
                .map(object -> object.at("/metadata/name").asString(""))
                .sorted()
                .toList();
    }
}
