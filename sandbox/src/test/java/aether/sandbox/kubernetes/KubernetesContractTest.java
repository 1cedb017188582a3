package aether.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
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
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Kubernetes client may expect, asked through the client our workers use. */
class KubernetesContractTest {
    private static final String NAMESPACE = "tenant-a";

    @TempDir
    Path directory;

    private Sandbox sandbox;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(
                new SandboxSettings(directory, 0, InstantSource.system(), new Random(7), SandboxTimings.IMMEDIATE));
        client = connect(sandbox);
        client.namespaces().resource(namespace()).create();
    }

    static KubernetesClient connect(Sandbox sandbox) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(sandbox.url().toString())
                .withOauthToken(sandbox.token())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static io.fabric8.kubernetes.api.model.Namespace namespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        sandbox.close();
    }

    private static ConfigMap map(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
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

    private static void assertCode(int code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(code));
    }

    @Test
    void tellsItsVersionAndItsGroups() {
        assertThat(client.getKubernetesVersion().getGitVersion()).startsWith("v1.");
        assertThat(client.getApiGroups().getGroups()).extracting("name").contains("apps", "cert-manager.io", "policy");
        assertThat(client.supports("cert-manager.io/v1", "Certificate")).isTrue();
        assertThat(client.supports("policy/v1beta1", "PodDisruptionBudget")).isFalse();
    }

    @Test
    void refusesAWrongToken() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(sandbox.url().toString())
                .withOauthToken("wrong")
                .build();
        try (KubernetesClient stranger =
                new KubernetesClientBuilder().withConfig(config).build()) {
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
                        .withNamespace(NAMESPACE)
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
                .inNamespace(NAMESPACE)
                .withName("one")
                .edit(live -> new ConfigMapBuilder(live).addToData("a", "drift").build());

        assertCode(409, () -> apply(map("one", Map.of("a", "1")), "us", false));
    }

    static Deployment deployment(String name, String image, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
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
        Deployment plain = client.resource(withStatus).update();
        assertThat(plain.getStatus() == null ? null : plain.getStatus().getCollisionCount())
                .isNull();
        Deployment status = client.resource(withStatus).updateStatus();

        assertThat(status.getStatus().getCollisionCount()).isEqualTo(55);
        assertThat(status.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void mergesListsOfContainersByNameInAStrategicPatch() {
        client.resource(deployment("web", "web:1", 0)).create();

        Deployment patched = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
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
        var maps = client.configMaps().inNamespace(NAMESPACE);

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
                client.configMaps().inNamespace(NAMESPACE).list().getMetadata().getResourceVersion();
        client.resource(map("missed", Map.of())).create();
        Recorder recorder = new Recorder();
        try (var watch = client.configMaps()
                .inNamespace(NAMESPACE)
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
                .inNamespace(NAMESPACE)
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

        assertThat(client.resource(owned).get()).isNull();
    }

    @Test
    void emptiesANamespaceAndWaitsForFinalizers() {
        client.resource(map("one", Map.of())).create();
        ConfigMap held = map("held", Map.of());
        held.getMetadata().setFinalizers(List.of("aetherplatform.cloud/hold"));
        client.resource(held).create();

        client.namespaces().withName(NAMESPACE).delete();

        assertThat(client.namespaces().withName(NAMESPACE).get().getStatus().getPhase())
                .isEqualTo("Terminating");
        assertThat(client.resource(map("one", Map.of())).get()).isNull();
        assertCode(403, () -> client.resource(map("late", Map.of())).create());
        client.resource(held).edit(live -> {
            live.getMetadata().setFinalizers(List.of());
            return live;
        });
        assertThat(client.namespaces().withName(NAMESPACE).get()).isNull();
    }

    @Test
    void givesServicesAnAddressAndKeepsIt() {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName("api")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(6443)
                .endPort()
                .endSpec()
                .build();
        Service made = client.resource(service).create();
        Service updated = client.resource(service).update();

        assertThat(made.getSpec().getClusterIP()).startsWith("10.96.");
        assertThat(updated.getSpec().getClusterIP()).isEqualTo(made.getSpec().getClusterIP());
    }

    @Test
    void turnsPlainSecretTextIntoData() {
        var made = client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("s")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .addToStringData("key", "value")
                        .build())
                .create();

        assertThat(made.getData()).containsEntry("key", "dmFsdWU=");
        assertThat(made.getType()).isEqualTo("Opaque");
    }
}
