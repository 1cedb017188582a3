package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.LocalKubernetes;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workers' own role, as a real API server reads it. */
@Tag("slow")
class RealWorkersRoleTest {

    private static final Path ROLE = Path.of("../k8s/rbac/reconcile-workers.yaml");
    private static final ClusterId ID = new ClusterId(new UUID(6, 66));

    @TempDir
    Path directory;

    @Test
    void aTenantIsWrittenWatchedAndTakenAwayByTheWorkersOwnAccount() throws Exception {
        TestKubernetes.assumePresent();
        LocalKubernetes server = TestKubernetes.server();
        Kubectl kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
        Path admin = Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
        String ignored = kubectl.run(admin, "create", "namespace", "aether-system"); // another test may have made it
        assertThat(kubectl.run(admin, "apply", "-f", ROLE.toString())).contains("clusterrolebinding");
        String token = kubectl.token(admin, "aether-system", "reconcile-workers");
        Set<ResourceKind> told = ConcurrentHashMap.newKeySet();
        KubeSettings settings =
                new KubeSettings(Optional.of(server.url()), Optional.of(token), Optional.of(server.authority()));
        try (FabricManagementCluster cluster = FabricManagementCluster.at(settings)) {
            ManagementCluster.Watching watching = cluster.watch((kind, id) -> told.add(kind));
            var all = RealRenderingTest.controlPlane(ID, KubernetesVersion.SUPPORTED.getLast());
            all.forEach(cluster::apply);

            assertThat(all)
                    .allSatisfy(rendered -> assertThat(cluster.live().find(rendered.ref()))
                            .as(rendered.ref().shown())
                            .isPresent());
            Set<ResourceKind> written =
                    all.stream().map(Rendered::ref).map(ObjectRef::kind).collect(Collectors.toSet());
            kubectl.awaitTrue("to be told of " + written, () -> told.containsAll(written));
            watching.close();
            ObjectRef namespace = new ObjectRef(ResourceKind.NAMESPACE, "", TenantNames.namespace(ID));
            String uid =
                    cluster.find(namespace).orElseThrow().at("/metadata/uid").asString("");
            cluster.delete(namespace, uid);
            assertThat(cluster.live()
                            .find(namespace)
                            .filter(there ->
                                    there.at("/metadata/deletionTimestamp").isMissingNode()))
                    .as("a namespace that nobody was told to take away")
                    .isEmpty();

            assertThatThrownBy(() -> cluster.names(ResourceKind.NODE))
                    .isInstanceOf(OutsideFailure.class)
                    .hasMessageContaining("nodes is forbidden");
        }
    }
}
