package aether.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a Kubernetes client may expect, asked through the client our workers use. The simulated API and the real one
 * pass the same tests, so that workers are tested against what a server does and not against what we wish it did.
 */
abstract class KubernetesContract {

    /** Far more than a controller that writes a status a few times can outrun. */
    private static final int TRIES = 20;
    /** Far beyond what any step takes, so that only a hang reaches it. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    /** A namespace of each test's own, since servers are shared. */
    final String namespace = "contract-" + NAMESPACES.incrementAndGet();

    private KubernetesClient client;

    /** A client with this token, or with the administrator's when it is empty. */
    abstract KubernetesClient connect(String token) throws Exception;

    KubernetesClient client() {
        return client;
    }

    @BeforeEach
    void openNamespace() throws Exception {
        client = connect("");
        client.namespaces().resource(namespace()).create();
    }

    static Config config(String url, String token, String authority) {
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0);
        return authority.isEmpty()
                ? config.build()
                : config.withCaCertData(
                                Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)))
                        .build();
    }

    private io.fabric8.kubernetes.api.model.Namespace namespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .build();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private ConfigMap map(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withData(data)
                .build();
    }

    private ConfigMap apply(ConfigMap map, String manager, boolean force) {
        return client.resource(map)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .withForce(force)
                        .build());
    }

    /** A real server empties namespaces and collects what is left behind in its own time. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " within " + PATIENCE).isLessThan(end);
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", stopping);
            }
        }
    }

    private static void assertCode(int code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(code));
    }

    @Test
    void tellsItsVersionAndItsGroups() {
        // A server that was built without a stamp says v0.0.0-master+COMMIT.
        assertThat(client.getKubernetesVersion().getGitVersion()).matches("v\\d+\\.\\d+\\.\\d+.*");
        assertThat(client.getApiGroups().getGroups()).extracting("name").contains("apps", "cert-manager.io", "policy");
        assertThat(client.supports("cert-manager.io/v1", "Certificate")).isTrue();
    }

    @Test
    void refusesAWrongToken() throws Exception {
        try (KubernetesClient stranger = connect("wrong")) {
            assertCode(401, () -> stranger.namespaces().list());
        }
    }

    @Test
    void refusesToCreateTwice() {
        client.resource(map("one", Map.of())).create();

        assertCode(409, () -> client.resource(map("one", Map.of())).create());
    }

    @Test
    void generatesNames() {
        ConfigMap made = client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withGenerateName("gen-")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();

        assertThat(made.getMetadata().getName()).matches("gen-[a-z0-9]{5}");
    }

    @Test
    void refusesBadNamesAndUnknownNamespaces() {
        assertCode(422, () -> client.resource(map("Not_A_Name", Map.of())).create());
        ConfigMap elsewhere = map("one", Map.of());
        elsewhere.getMetadata().setNamespace("nowhere");
        assertCode(404, () -> client.resource(elsewhere).create());
    }

    @Test
    void refusesAnUpdateOfAnOldState() {
        ConfigMap first = client.resource(map("one", Map.of("a", "1"))).create();
        ConfigMap second = new ConfigMapBuilder(first).addToData("a", "2").build();
        client.resource(second).update();

        ConfigMap late = new ConfigMapBuilder(first).addToData("a", "3").build();

        assertCode(409, () -> client.resource(late).update());
    }

    @Test
    void keepsTheVersionWhenAnUpdateChangesNothing() {
        ConfigMap first = client.resource(map("one", Map.of("a", "1"))).create();

        ConfigMap again = client.resource(map("one", Map.of("a", "1"))).update();

        assertThat(again.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void appliesAndPrunesWhatTheManagerNoLongerSays() {
        apply(map("one", Map.of("a", "1", "b", "2")), "us", false);
        apply(map("one", Map.of("c", "3")), "them", false);

        ConfigMap after = apply(map("one", Map.of("a", "1")), "us", false);

        assertThat(after.getData()).isEqualTo(Map.of("a", "1", "c", "3"));
    }

    @Test
    void anApplyThatSaysNothingNewKeepsTheVersion() {
        ConfigMap first = apply(map("one", Map.of("a", "1")), "us", false);

        ConfigMap again = apply(map("one", Map.of("a", "1")), "us", false);

        assertThat(again.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(again.getMetadata().getManagedFields()).hasSize(1);
    }

    @Test
    void refusesToTakeAnothersFieldUnlessForced() {
        apply(map("one", Map.of("a", "1")), "us", false);

        assertCode(409, () -> apply(map("one", Map.of("a", "2")), "them", false));
        ConfigMap taken = apply(map("one", Map.of("a", "2")), "them", true);

        assertThat(taken.getData()).containsEntry("a", "2");
        assertCode(409, () -> apply(map("one", Map.of("a", "1")), "us", false));
    }

    @Test
    void aPlainUpdateTakesTheFieldFromItsApplier() {
        apply(map("one", Map.of("a", "1")), "us", false);
        client.configMaps()
                .inNamespace(namespace)
                .withName("one")
                .edit(live -> new ConfigMapBuilder(live).addToData("a", "drift").build());

        assertCode(409, () -> apply(map("one", Map.of("a", "1")), "us", false));
    }

    Deployment deployment(String name, String image, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /**
     * The client reads a version and writes with it; whoever runs deployments may write a status in between, which is a
     * conflict as it should be.
     */
    private static <T> T unlessOutrun(Supplier<T> write) {
        for (int left = TRIES; ; left--) {
            try {
                return write.get();
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409 || left == 1) {
                    throw e;
                }
            }
        }
    }

    @Test
    void countsGenerationsOfTheSpecAndKeepsStatusApart() {
        client.resource(deployment("web", "web:1", 0)).create();
        Deployment changed = client.resource(deployment("web", "web:2", 0))
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("us")
                        .withForce(true)
                        .build());
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);

        Deployment withStatus = new DeploymentBuilder(changed)
                .withNewStatus()
                .withCollisionCount(55)
                .endStatus()
                .build();
        withStatus.getMetadata().setResourceVersion(null);
        Deployment plain = unlessOutrun(() -> client.resource(withStatus).update());
        assertThat(plain.getStatus() == null ? null : plain.getStatus().getCollisionCount())
                .isNull();
        Deployment status = unlessOutrun(() -> client.resource(withStatus).updateStatus());

        assertThat(status.getStatus().getCollisionCount()).isEqualTo(55);
        assertThat(status.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void mergesListsOfContainersByNameInAStrategicPatch() {
        client.resource(deployment("web", "web:1", 0)).create();

        Deployment patched = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("web")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
                        {"spec":{"template":{"spec":{"containers":[{"name":"main","image":"web:2"},{"name":"side","image":"s"}]}}}}
                        """);

        assertThat(patched.getSpec().getTemplate().getSpec().getContainers())
                .extracting("name", "image")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("main", "web:2"),
                        org.assertj.core.groups.Tuple.tuple("side", "s"));
    }

    @Test
    void refusesToChangeASelector() {
        client.resource(deployment("web", "web:1", 0)).create();
        Deployment other = deployment("web", "web:1", 0);
        other.getSpec().getSelector().setMatchLabels(Map.of("app", "other"));

        assertCode(422, () -> client.resource(other).update());
    }

    @Test
    void listsBySelectorsAndInPages() {
        for (int i = 0; i < 5; i++) {
            ConfigMap map = map("m" + i, Map.of());
            map.getMetadata().setLabels(Map.of("parity", i % 2 == 0 ? "even" : "odd", "n", Integer.toString(i)));
            client.resource(map).create();
        }
        var maps = client.configMaps().inNamespace(namespace);

        assertThat(maps.withLabel("parity", "even").list().getItems()).hasSize(3);
        assertThat(maps.withLabelIn("n", "1", "2").list().getItems()).hasSize(2);
        assertThat(maps.withoutLabel("parity", "even").list().getItems()).hasSize(2);
        assertThat(maps.withField("metadata.name", "m3").list().getItems()).hasSize(1);
        var page = maps.list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                .withLimit(2L)
                .build());
        assertThat(page.getItems()).extracting("metadata.name").containsExactly("m0", "m1");
        var next = maps.list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                .withLimit(5L)
                .withContinue(page.getMetadata().getContinue())
                .build());
        assertThat(next.getItems()).extracting("metadata.name").containsExactly("m2", "m3", "m4");
    }

    private record Seen(Watcher.Action action, String name) {}

    private static final class Recorder implements Watcher<ConfigMap> {
        final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

        @Override
        public void eventReceived(Action action, ConfigMap map) {
            if (action != Action.BOOKMARK) {
                seen.add(new Seen(action, map.getMetadata().getName()));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            // the test reads what came before
        }

        Seen next() throws InterruptedException {
            Seen next = seen.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("a watch event within 20 s").isNotNull();
            return next;
        }
    }

    @Test
    void watchesFromAVersionOn() throws InterruptedException {
        client.resource(map("before", Map.of())).create();
        String version =
                client.configMaps().inNamespace(namespace).list().getMetadata().getResourceVersion();
        client.resource(map("missed", Map.of())).create();
        Recorder recorder = new Recorder();
        try (var watch = client.configMaps()
                .inNamespace(namespace)
                .withResourceVersion(version)
                .watch(recorder)) {
            assertThat(watch).isNotNull();
            assertThat(recorder.next()).isEqualTo(new Seen(Watcher.Action.ADDED, "missed"));
            client.resource(map("missed", Map.of("a", "1"))).update();
            assertThat(recorder.next()).isEqualTo(new Seen(Watcher.Action.MODIFIED, "missed"));
            client.resource(map("before", Map.of())).delete();
            assertThat(recorder.next()).isEqualTo(new Seen(Watcher.Action.DELETED, "before"));
        }
    }

    @Test
    void feedsAnInformer() throws InterruptedException {
        client.resource(map("first", Map.of())).create();
        LinkedBlockingQueue<String> added = new LinkedBlockingQueue<>();
        try (var informer = client.configMaps()
                .inNamespace(namespace)
                .inform(new io.fabric8.kubernetes.client.informers.ResourceEventHandler<ConfigMap>() {
                    @Override
                    public void onAdd(ConfigMap map) {
                        added.add(map.getMetadata().getName());
                    }

                    @Override
                    public void onUpdate(ConfigMap before, ConfigMap after) {
                        // not of interest here
                    }

                    @Override
                    public void onDelete(ConfigMap map, boolean unknown) {
                        // not of interest here
                    }
                })) {
            assertThat(added.poll(20, TimeUnit.SECONDS)).isEqualTo("first");
            client.resource(map("second", Map.of())).create();
            assertThat(added.poll(20, TimeUnit.SECONDS)).isEqualTo("second");
            assertThat(informer.hasSynced()).isTrue();
        }
    }

    @Test
    void holdsAnObjectUntilItsFinalizersAreGone() {
        ConfigMap held = map("held", Map.of());
        held.getMetadata().setFinalizers(List.of("aetherplatform.cloud/hold"));
        client.resource(held).create();
        client.resource(held).delete();

        ConfigMap waiting = client.resource(held).get();
        assertThat(waiting.getMetadata().getDeletionTimestamp()).isNotNull();
        client.resource(held).edit(live -> {
            live.getMetadata().setFinalizers(List.of());
            return live;
        });

        assertThat(client.resource(held).get()).isNull();
    }

    @Test
    void deletesOnlyTheVeryObjectWhenAsked() {
        ConfigMap first = client.resource(map("one", Map.of())).create();
        client.resource(map("one", Map.of("a", "1"))).update();

        assertCode(
                409,
                () -> client.resource(map("one", Map.of()))
                        .lockResourceVersion(first.getMetadata().getResourceVersion())
                        .delete());
        assertThat(client.resource(map("one", Map.of())).get()).isNotNull();
    }

    @Test
    void collectsWhatAnOwnerLeavesBehind() {
        ConfigMap owner = client.resource(map("owner", Map.of())).create();
        ConfigMap owned = map("owned", Map.of());
        owned.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .build()));
        client.resource(owned).create();

        client.resource(owner)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();

        await("what was owned is gone", () -> client.resource(owned).get() == null);
    }

    @Test
    void emptiesANamespaceAndWaitsForFinalizers() {
        client.resource(map("one", Map.of())).create();
        ConfigMap held = map("held", Map.of());
        held.getMetadata().setFinalizers(List.of("aetherplatform.cloud/hold"));
        client.resource(held).create();

        client.namespaces().withName(namespace).delete();

        assertThat(client.namespaces().withName(namespace).get().getStatus().getPhase())
                .isEqualTo("Terminating");
        await(
                "what nothing holds is gone",
                () -> client.resource(map("one", Map.of())).get() == null);
        assertCode(403, () -> client.resource(map("late", Map.of())).create());
        client.resource(held).edit(live -> {
            live.getMetadata().setFinalizers(List.of());
            return live;
        });
        await(
                "the namespace is gone",
                () -> client.namespaces().withName(namespace).get() == null);
    }

    @Test
    void givesServicesAnAddressAndKeepsIt() {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName("api")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(6443)
                .endPort()
                .endSpec()
                .build();
        Service made = client.resource(service).create();
        Service applied = client.resource(service)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("us")
                        .withForce(true)
                        .build());

        assertThat(made.getSpec().getClusterIP()).startsWith("10.96.");
        assertThat(applied.getSpec().getClusterIP()).isEqualTo(made.getSpec().getClusterIP());
    }

    @Test
    void turnsPlainSecretTextIntoData() {
        var made = client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("s")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToStringData("key", "value")
                        .build())
                .create();

        assertThat(made.getData()).containsEntry("key", "dmFsdWU=");
        assertThat(made.getType()).isEqualTo("Opaque");
    }
}
