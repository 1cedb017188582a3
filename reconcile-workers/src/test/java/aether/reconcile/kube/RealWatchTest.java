package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import aether.embedded.kubernetes.CertManagerResources;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.LocalKubernetes;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.Labels;
import aether.reconcile.render.NamespaceRendering;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The watch on a real API server: it tells of every kind, and what it has told answers for the server, also after an
 * absence.
 */
@Tag("slow")
class RealWatchTest {

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(5, 5));
    private static final ClusterId CLUSTER = new ClusterId(new UUID(8, 8));
    private static final String NAMESPACE = TenantNames.namespace(CLUSTER);
    private static final Map<String, String> OURS = Map.of(Labels.CLUSTER, CLUSTER.toString());
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private static Rendered settings(String value) {
        return Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("settings")
                .withLabels(Labels.of(ORGANIZATION, CLUSTER))
                .endMetadata()
                .addToData("value", value)
                .build());
    }

    private static Rendered budget() {
        return Rendered.of(new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("budget")
                .withLabels(Labels.of(ORGANIZATION, CLUSTER))
                .endMetadata()
                .withNewSpec()
                .withNewMinAvailable(1)
                .endSpec()
                .build());
    }

    private static Rendered account() {
        return Rendered.of(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("account")
                .withLabels(Labels.of(ORGANIZATION, CLUSTER))
                .endMetadata()
                .build());
    }

    private static void await(BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static List<String> values(KubeApi api) {
        return api.list(ResourceKind.CONFIG_MAP, NAMESPACE, OURS).stream()
                .map(found -> found.at("/data/value").asString())
                .toList();
    }

    /**
     * What was told stands until the watch notices that nobody tells any more; then the server is asked, and is away.
     */
    private static List<String> toldOrAway(KubeApi api) {
        try {
            return values(api);
        } catch (OutsideFailure away) {
            assertThat(away.kind()).isEqualTo(OutsideFailure.Kind.AWAY);
            return List.of("two");
        }
    }

    @Test
    void whatTheWatchHasToldAnswersForTheServerAlsoAfterAnAbsence() throws Exception {
        TestKubernetes.assumePresent();
        try (LocalKubernetes server =
                LocalKubernetes.start(KubernetesBinaries.find().orElseThrow(), directory)) {
            CertManagerResources.install(server);
            KubeSettings settings = new KubeSettings(
                    Optional.of(server.url()), Optional.of(server.token()), Optional.of(server.authority()));
            try (FabricManagementCluster watching = FabricManagementCluster.at(settings);
                    FabricManagementCluster other = FabricManagementCluster.at(settings)) {
                Set<ResourceKind> heard = ConcurrentHashMap.newKeySet();
                Set<ResourceKind> echoed = ConcurrentHashMap.newKeySet();
                ManagementCluster.Watching watch = watching.watch(new ManagementCluster.Listener() {
                    @Override
                    public void changed(ResourceKind kind, String cluster) {
                        heard.add(kind);
                    }

                    @Override
                    public void echoed(ResourceKind kind, String cluster) {
                        echoed.add(kind);
                    }
                });
                try {
                    other.apply(NamespaceRendering.of(ORGANIZATION, CLUSTER));
                    other.apply(settings("one"));
                    other.apply(budget());
                    // Policy of 1.20 is older than what we write, so its version has to be discovered.
                    await(() -> heard.containsAll(Set.of(
                            ResourceKind.NAMESPACE, ResourceKind.CONFIG_MAP, ResourceKind.POD_DISRUPTION_BUDGET)));
                    assertThat(values(watching)).containsExactly("one");

                    watching.apply(settings("two"));
                    assertThat(values(watching)).containsExactly("two"); // no moment later: it is our own

                    heard.clear();
                    watching.apply(account()); // the first of its kind that anybody writes
                    await(() -> heard.contains(ResourceKind.SERVICE_ACCOUNT)
                            || echoed.contains(ResourceKind.SERVICE_ACCOUNT));
                    other.apply(settings("other"));
                    await(() -> heard.contains(ResourceKind.CONFIG_MAP)); // what others write is never taken for ours
                    watching.apply(settings("two"));

                    server.stopServer();
                    assertThat(toldOrAway(watching)).containsExactly("two");
                    server.restartServer();
                    other.apply(settings("three"));
                    ObjectRef budget = budget().ref();
                    JsonNode there = other.find(budget).orElseThrow();
                    other.delete(budget, there.at("/metadata/uid").asString());
                    await(() -> values(watching).equals(List.of("three"))
                            && watching.find(budget).isEmpty());
                    assertThat(values(watching.live())).containsExactly("three");
                } finally {
                    watch.close();
                }
            }
        }
    }
}
