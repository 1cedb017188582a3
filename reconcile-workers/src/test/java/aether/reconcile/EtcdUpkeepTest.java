package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ClusterUpgrade;
import aether.domain.cluster.EtcdMembers;
import aether.domain.cluster.Fault;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationCommand;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.addons.BootstrapToken;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.controlplane.ControlPlaneRendering;
import aether.reconcile.controlplane.DesiredControlPlane;
import aether.reconcile.controlplane.SomeControlPlane;
import aether.reconcile.controlplane.TrustBundles;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.Labels;
import aether.reconcile.render.NamespaceRendering;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The CronJobs and init containers that we rendered, run against a tenant's real etcd: the words, paths and
 * certificates of their pods, by the process kubelet, with a real etcdctl and rclone. The store is a folder.
 */
@Tag("slow")
class EtcdUpkeepTest {

    private static final ClusterId OTHER = new ClusterId(new UUID(0x0b0b_0b0b_0000_0000L, 5));
    private static final ClusterSnapshot SNAPSHOT = new ClusterSnapshot(Tenant.CLUSTER, "etcd-snapshot-1");
    private static final String CREDENTIALS = "snapshot-store";
    private static final String STORED = "k8s:enc:secretbox:v1:";
    private static final int METRICS = 2381;
    private static final long QUOTA = 24L << 20;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String MISSING =
            "etcdctl or rclone is not installed: no snapshot was taken of a real etcd and none restored";

    private static Kubectl kubectl = new Kubectl(new KubernetesBinaries(Path.of("")));

    @TempDir
    Path directory;

    @TempDir
    Path bucket;

    @BeforeAll
    static void present() {
        TestKubernetes.assumePresent();
        kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
        Assumptions.assumeTrue(
                kubectl.binaries().tool(KubernetesBinaries.ETCDCTL).isPresent()
                        && kubectl.binaries().tool("rclone").isPresent(),
                MISSING);
    }

    private EtcdUpkeep upkeep() {
        return new EtcdUpkeep(
                new Schedule("H 3 * * 6"),
                QUOTA,
                "monitoring",
                new SnapshotStore(
                        new Schedule("H */6 * * *"),
                        "rclone",
                        bucket.toString(),
                        Map.of("type", "local"),
                        CREDENTIALS,
                        List.of("127.0.0.0/8"),
                        443));
    }

    @Test
    void aNewClusterBeginsWithTheSnapshotOfAnother() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(upkeep()), Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            Path own = kubeconfig(world, Tenant.CLUSTER);
            kubectl.run(own, "create", "configmap", "kept", "--from-literal=word=inplainsight");
            kubectl.run(own, "create", "secret", "generic", "hidden", "--from-literal=word=behindakey");

            kubectl.run(own, "create", "--filename=" + node());
            assertThatThrownBy(() -> run(world, "etcd-snapshot", List.of()))
                    .as("a snapshot without the credential of the store")
                    .hasMessageContaining("Expected Secret " + CREDENTIALS);
            credentials(world, Tenant.CLUSTER);
            run(world, "etcd-snapshot", List.of());
            assertThat(bucket.resolve(SNAPSHOT.key())).isNotEmptyFile();
            aJobIsRunToItsEnd(world);
            kubectl.run(own, "create", "configmap", "afterwards");

            Path review = review(own);
            assertThat(kubectl.run(own, reviewed(review)))
                    .as("a token of the old cluster, at the old cluster")
                    .isEqualTo("true");

            world.cluster().apply(NamespaceRendering.of(Tenant.ORGANIZATION, OTHER));
            credentials(world, OTHER);
            other(landscape);
            landscape.runUntil(() -> landscape.log().cluster(OTHER.stream()).status() == ClusterStatus.RUNNING
                    && landscape.troubles().isEmpty());
            Path restored = kubeconfig(world, OTHER);

            assertThat(kubectl.run(restored, "get", "configmap", "kept", "--output=jsonpath={.data.word}"))
                    .isEqualTo("inplainsight");
            assertThat(kubectl.run(restored, "get", "secret", "hidden", "--output=jsonpath={.data.word}"))
                    .isEqualTo("YmVoaW5kYWtleQ==");
            assertThat(kubectl.run(restored, reviewed(review)))
                    .as("a token of the old cluster, at the new one")
                    .isNotEqualTo("true");
            assertThat(kubectl.run(restored, "get", "configmaps", "--output=name"))
                    .as("what was written after the snapshot")
                    .doesNotContain("afterwards");

            nothingOfTheOtherJoins(world, landscape, restored);

            kubectl.run(restored, "create", "configmap", "later");
            Files.delete(bucket.resolve(SNAPSHOT.key()));
            killEtcd(OTHER);
            kubectl.await(restored, "configmap/later", "get", "configmaps", "--output=name");

            kubectl.run(restored, "create", "secret", "generic", "own", "--from-literal=word=new");
            assertThat(stored(world, "hidden")).as("what was restored").startsWith(STORED + "key-1:");
            assertThat(stored(world, "own")).as("what is new").startsWith(STORED + "key-1-0b0b0b0b:");
            theKeysOfTheOtherGoWithTheFirstOfItsOwn(world, landscape, restored);
        }
    }

    /** The store is there, the snapshot is not; rclone says so by its exit code, and finds it later. */
    @Test
    void aSnapshotThatIsNotInTheStoreIsToldAndTakenWhenItIs() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(upkeep()), Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            world.cluster().apply(NamespaceRendering.of(Tenant.ORGANIZATION, OTHER));
            credentials(world, OTHER);
            other(landscape);
            landscape.runUntil(() -> stalled(landscape).isPresent());

            assertThat(stalled(landscape).orElseThrow())
                    .satisfies(stalled -> assertThat(stalled.fault()).isEqualTo(Fault.CUSTOMER))
                    .satisfies(stalled -> assertThat(stalled.reason()).isEqualTo("SnapshotMissing"));

            credentials(world, Tenant.CLUSTER);
            run(world, "etcd-snapshot", List.of());
            landscape.runUntil(() -> landscape.log().cluster(OTHER.stream()).status() == ClusterStatus.RUNNING
                    && stalled(landscape).isEmpty());
        }
    }

    private static Optional<ClusterEvent.WorkStalled> stalled(Landscape landscape) {
        return Optional.ofNullable(
                landscape.log().cluster(OTHER.stream()).stalls().get("control-plane"));
    }

    private static void other(Landscape landscape) {
        landscape.ask(new OrganizationCommand.RequestCluster(
                Tenant.ORGANIZATION,
                OTHER,
                "other",
                KubernetesVersion.SANDBOX_REGION,
                KubernetesVersion.SANDBOX,
                false,
                EtcdMembers.DEFAULT,
                SNAPSHOT,
                Channel.API));
    }

    private Path node() throws IOException {
        return Files.writeString(directory.resolve("node.yaml"), """
                apiVersion: v1
                kind: Node
                metadata: {name: old-node}
                """);
    }

    /** Its node is gone, and of the two bootstrap tokens that were there one is left: the new cluster's own. */
    private static void nothingOfTheOtherJoins(SandboxWorld world, Landscape landscape, Path restored)
            throws Exception {
        BootstrapToken own = BootstrapToken.of(
                world.cluster().find(BootstrapToken.kept(OTHER)).orElseThrow());
        BootstrapToken others = BootstrapToken.of(
                world.cluster().find(BootstrapToken.kept(Tenant.CLUSTER)).orElseThrow());
        assertThat(kubectl.run(restored, "get", "nodes", "--output=name")).isEmpty();
        assertThat(kubectl.run(
                        restored,
                        "get",
                        "secrets",
                        "--namespace=kube-system",
                        "--field-selector=type=bootstrap.kubernetes.io/token",
                        "--output=name"))
                .isEqualTo("secret/bootstrap-token-" + own.id() + "\n");
        assertThat(landscape.log().events())
                .filteredOn(ClusterEvent.DriftCorrected.class::isInstance)
                .extracting(event -> ((ClusterEvent.DriftCorrected) event).subject())
                .containsExactly("Node/old-node", "Secret/bootstrap-token-" + others.id());
    }

    private static void theKeysOfTheOtherGoWithTheFirstOfItsOwn(SandboxWorld world, Landscape landscape, Path restored)
            throws Exception {
        ObjectRef inherited =
                new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(OTHER), "secrets-encryption-inherited");
        assertThat(world.cluster().find(inherited)).isPresent();
        landscape.ask(new ClusterCommand.RotateKey(OTHER, ClusterKey.ENCRYPTION));
        landscape.runUntil(() -> landscape
                        .log()
                        .cluster(OTHER.stream())
                        .keys()
                        .encryption()
                        .equals(new KeyRotation(2, KeyRotation.Phase.STEADY))
                && landscape.troubles().isEmpty());

        assertThat(world.cluster().find(inherited)).isEmpty();
        assertThat(stored(world, "hidden")).startsWith(STORED + "key-2-0b0b0b0b:");
        kubectl.await(restored, "YmVoaW5kYWtleQ==", "get", "secret", "hidden", "--output=jsonpath={.data.word}");
    }

    /** How a Secret lies in the new cluster's etcd. */
    private static String stored(SandboxWorld world, String secret) {
        return run(
                world,
                OTHER,
                "etcd-defrag",
                said(world, OTHER, "get", "--print-value-only", "/registry/secrets/default/" + secret));
    }

    /** Asks an API server whether the old cluster's token of a service account is one of its own. */
    private Path review(Path own) throws Exception {
        kubectl.await(own, "default-token", "get", "secrets", "--output=name");
        String encoded = kubectl.run(
                own,
                "get",
                "secrets",
                "--field-selector=type=kubernetes.io/service-account-token",
                "--output=jsonpath={.items[0].data.token}");
        String token = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        return Files.writeString(directory.resolve("review.yaml"), """
                apiVersion: authentication.k8s.io/v1
                kind: TokenReview
                metadata: {name: asked}
                spec: {token: "%s"}
                """.formatted(token));
    }

    private static String[] reviewed(Path review) {
        return new String[] {"create", "--filename=" + review, "--output=jsonpath={.status.authenticated}"};
    }

    /** As before an upgrade, which nothing here can be moved by: there is one version of Kubernetes. */
    private void aJobIsRunToItsEnd(SandboxWorld world) throws InterruptedException {
        ObjectRef ref =
                new ObjectRef(ResourceKind.JOB, TenantNames.namespace(Tenant.CLUSTER), "etcd-snapshot-upgrade-1");
        world.cluster().apply(rendered(world, ref));
        Instant bound = Instant.now().plus(Duration.ofMinutes(1));
        JsonNode job = world.cluster().find(ref).orElseThrow();
        while (job.at("/status/conditions").isEmpty() && Instant.now().isBefore(bound)) {
            Thread.sleep(ANSWER.dividedBy(50));
            job = world.cluster().find(ref).orElseThrow();
        }

        assertThat(job.at("/status/succeeded").asInt(0))
                .as("%s", job.path("status"))
                .isEqualTo(1);
        assertThat(bucket.resolve(Tenant.CLUSTER + "/etcd-snapshot-upgrade-1.db"))
                .isNotEmptyFile();
    }

    private Rendered rendered(SandboxWorld world, ObjectRef ref) {
        ClusterUpgrade upgrade = new ClusterUpgrade(
                ClusterUpgrade.Phase.PREPARING, 1, KubernetesVersion.SANDBOX, KubernetesVersion.SANDBOX);
        DesiredControlPlane preparing = SomeControlPlane.of(Tenant.CLUSTER, Tenant.ORGANIZATION)
                .during(upgrade)
                .wanted();
        Map<String, String> certificates = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> certificates.put(row.name(), row.name()));
        return new ControlPlaneRendering(world.outside(upkeep()).rendering())
                .of(preparing, certificates, TrustBundles.NONE, Optional.empty(), "").stream()
                        .filter(object -> object.ref().equals(ref))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void aFullEtcdRaisesTheAlarmAndServesAgainWhenItWasEmptied() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(upkeep()), Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            Path own = kubeconfig(world, Tenant.CLUSTER);
            assertThat(metric("etcd_server_quota_backend_bytes")).isEqualTo(QUOTA);
            assertThat(etcdctl(world, "alarm", "list")).isEmpty();

            fill(world);

            assertThat(etcdctl(world, "alarm", "list")).contains("alarm:NOSPACE");
            assertThat(answer("/health")).contains("\"health\":\"false\"");
            assertThat(kubectl.run(own, "create", "configmap", "refused")).contains("database space exceeded");
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().values().stream().anyMatch(each -> each.contains("StatefulSet/etcd")));
            landscape.pass(Hindrance.LATER);
            landscape.runUntil(() -> Tenant.state(landscape).stalls().containsKey("control-plane"));
            assertThat(Tenant.state(landscape).stalls().get("control-plane"))
                    .satisfies(stalled -> assertThat(stalled.fault()).isEqualTo(Fault.CUSTOMER))
                    .satisfies(stalled -> assertThat(stalled.reason()).isEqualTo("EtcdFull"));
            double full = metric("etcd_mvcc_db_total_size_in_bytes");
            assertThat(full).isGreaterThan(QUOTA * 0.8);

            etcdctl(world, "del", "--prefix", "filler/");
            etcdctl(world, "compaction", revision(world));
            run(world, "etcd-defrag", List.of());
            assertThat(metric("etcd_mvcc_db_total_size_in_bytes")).isLessThan(full / 2);
            etcdctl(world, "alarm", "disarm");

            assertThat(etcdctl(world, "alarm", "list")).isEmpty();
            kubectl.await(own, "configmap/taken", "create", "configmap", "taken");
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && Tenant.state(landscape).stalls().isEmpty());
        }
    }

    /** Runs what the CronJob would; other words may stand for those of its first container. */
    private static String run(SandboxWorld world, String cronJob, List<String> words) {
        return run(world, Tenant.CLUSTER, cronJob, words);
    }

    private static String run(SandboxWorld world, ClusterId cluster, String cronJob, List<String> words) {
        String namespace = TenantNames.namespace(cluster);
        JsonNode template = world.cluster()
                .find(new ObjectRef(ResourceKind.CRON_JOB, namespace, cronJob))
                .orElseThrow()
                .at("/spec/jobTemplate/spec/template");
        ObjectNode pod = (ObjectNode) template.deepCopy();
        ObjectNode metadata = pod.withObject("metadata");
        metadata.put("namespace", namespace).put("name", cronJob + "-1-x");
        metadata.withObject("labels").put("job-name", cronJob + "-1");
        if (!words.isEmpty()) {
            ArrayNode command = ((ObjectNode) pod.at("/spec/containers/0")).putArray("command");
            words.forEach(command::add);
        }
        return world.sandbox().finish(pod);
    }

    /** Says something else to etcd than the CronJob, in its way. */
    private static String etcdctl(SandboxWorld world, String... words) {
        return run(world, "etcd-defrag", said(world, words));
    }

    private static List<String> said(SandboxWorld world, String... words) {
        return said(world, Tenant.CLUSTER, words);
    }

    private static List<String> said(SandboxWorld world, ClusterId cluster, String... words) {
        List<String> command = new ArrayList<>();
        world.cluster()
                .find(new ObjectRef(ResourceKind.CRON_JOB, TenantNames.namespace(cluster), "etcd-defrag"))
                .orElseThrow()
                .at("/spec/jobTemplate/spec/template/spec/containers/0/command")
                .forEach(word -> command.add(word.asString("")));
        command.remove("defrag");
        command.addAll(List.of(words));
        return command;
    }

    /** Writes a megabyte at a time until etcd takes no more. */
    private static void fill(SandboxWorld world) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", """
                i=0; while head -c 1000000 /dev/zero | tr '\\0' x | "$@" filler/$i
                do i=$((i + 1)); [ $i -lt 60 ] || exit 1; done""", "fill"));
        command.addAll(said(world, "put"));
        assertThat(run(world, "etcd-defrag", command)).contains("database space exceeded");
    }

    private static String revision(SandboxWorld world) {
        Matcher found = Pattern.compile("\"revision\":(\\d+)")
                .matcher(etcdctl(world, "endpoint", "status", "--write-out=json"));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private double metric(String name) throws Exception {
        return answer("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** What the port for metrics says. */
    private String answer(String path) throws Exception {
        String port = Files.readString(directory
                        .resolve("processes/ports")
                        .resolve(TenantNames.namespace(Tenant.CLUSTER))
                        .resolve("etcd-0")
                        .resolve(Integer.toString(METRICS)))
                .strip();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(ANSWER)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void credentials(SandboxWorld world, ClusterId cluster) {
        create(world, cluster, CREDENTIALS, Map.of("AWS_ACCESS_KEY_ID", "dW51c2Vk"));
    }

    private static void create(SandboxWorld world, ClusterId cluster, String name, Map<String, String> data) {
        assertThat(world.cluster()
                        .create(Rendered.of(new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(TenantNames.namespace(cluster))
                                .withName(name)
                                .withLabels(Labels.of(Tenant.ORGANIZATION, cluster))
                                .endMetadata()
                                .withType("Opaque")
                                .withData(data)
                                .build())))
                .isTrue();
    }

    private void killEtcd(ClusterId cluster) {
        Path claims = directory.resolve("processes/claims").resolve(TenantNames.namespace(cluster));
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info().arguments().stream()
                                .flatMap(java.util.Arrays::stream)
                                .anyMatch(argument -> argument.startsWith("--data-dir=" + claims)))
                        .toList())
                .hasSize(1)
                .allMatch(ProcessHandle::destroyForcibly);
    }

    private Path kubeconfig(SandboxWorld world, ClusterId cluster) throws IOException {
        JsonNode secret = world.cluster()
                .find(new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(cluster), TenantNames.ADMIN_KUBECONFIG))
                .orElseThrow();
        return Files.writeString(
                directory.resolve("kubeconfig-" + cluster), Pem.text(secret, TenantNames.KUBECONFIG_KEY));
    }
}
