package aether.benchmarks;

import aether.reconcile.kube.KubeSettings;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who else acts on a management cluster: cert-manager, which here hands every tenant the certificates that the
 * simulated one signed for the first, and the kubelets, whose pods serve at once. They run on both sides of a ratio.
 */
final class StandIns implements AutoCloseable {

    /** As many as a real cert-manager reconciles at once is five; more only keeps it out of the way. */
    private static final int AT_ONCE = 16;

    private static final Duration LOOK = Duration.ofMillis(20);

    /** The workers' own watch begins at the same time. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TenantServer server;
    private final Map<String, JsonNode> signed;
    private final KubernetesClient client;
    private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE);
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();

    StandIns(TenantServer server, Map<String, JsonNode> signed) {
        this.server = server;
        this.signed = signed;
        KubeSettings settings = server.settings();
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl(settings.url().orElseThrow())
                        .withOauthToken(settings.token().orElseThrow())
                        .withCaCertData(Base64.getEncoder()
                                .encodeToString(
                                        settings.authority().orElseThrow().getBytes(StandardCharsets.UTF_8)))
                        .build())
                .build();
        watch(ResourceKind.CERTIFICATE, this::sign);
        watch(ResourceKind.DEPLOYMENT, object -> run(ResourceKind.DEPLOYMENT, object));
        watch(ResourceKind.STATEFUL_SET, object -> run(ResourceKind.STATEFUL_SET, object));
    }

    private void watch(ResourceKind kind, Consumer<GenericKubernetesResource> act) {
        ResourceEventHandler<GenericKubernetesResource> handler = new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource object) {
                // One act for each generation: their own status comes back as a change too.
                if (seen.add(object.getMetadata().getUid() + " "
                        + object.getMetadata().getGeneration())) {
                    hands.execute(() -> act.accept(object));
                }
            }

            @Override
            public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                onAdd(after);
            }

            @Override
            public void onDelete(GenericKubernetesResource object, boolean unknownState) {
                // nothing follows
            }
        };
        informers.add(client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(kind.group())
                        .withVersion(kind.version())
                        .withKind(kind.kind())
                        .withPlural(kind.plural())
                        .withNamespaced(true)
                        .build())
                .inAnyNamespace()
                .withLabel(Labels.PART_OF, Labels.AETHER)
                .inform(handler));
    }

    /** Waits until they see the server, so that neither side has to wait for them. */
    void awaitWatching() throws InterruptedException {
        while (!informers.stream().allMatch(informer -> informer.isWatching() && informer.hasSynced())) {
            Thread.sleep(LOOK);
        }
        Thread.sleep(SETTLING);
    }

    private void sign(GenericKubernetesResource certificate) {
        String namespace = certificate.getMetadata().getNamespace();
        String name = certificate.getMetadata().getName();
        JsonNode tree = JSON.valueToTree(certificate);
        JsonNode like = signed.get(name);
        ObjectNode secret = JSON.createObjectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "kubernetes.io/tls");
        ObjectNode metadata = secret.putObject("metadata");
        metadata.put("name", tree.at("/spec/secretName").asString()).put("namespace", namespace);
        metadata.set("labels", tree.at("/spec/secretTemplate/labels"));
        // A root's own is read by nobody but cert-manager.
        secret.set("data", like == null ? root() : like.path("data"));
        expect(
                server.send(
                        "POST",
                        server.path(ResourceKind.SECRET, namespace),
                        "application/json",
                        secret.toString().getBytes(StandardCharsets.UTF_8)),
                name);
        ObjectNode status = JSON.createObjectNode();
        ArrayNode conditions = status.putObject("status").putArray("conditions");
        conditions
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "Ready")
                .put("message", "Certificate is up to date and has not expired")
                .put("observedGeneration", certificate.getMetadata().getGeneration());
        patchStatus(ResourceKind.CERTIFICATE, namespace, name, status);
    }

    private static JsonNode root() {
        return JSON.createObjectNode().put("tls.crt", "").put("tls.key", "");
    }

    private void run(ResourceKind kind, GenericKubernetesResource workload) {
        JsonNode tree = JSON.valueToTree(workload);
        int replicas = tree.at("/spec/replicas").asInt(1);
        ObjectNode status = JSON.createObjectNode();
        status.putObject("status")
                .put("observedGeneration", workload.getMetadata().getGeneration())
                .put("replicas", replicas)
                .put("updatedReplicas", replicas)
                .put("readyReplicas", replicas)
                .put(kind.equals(ResourceKind.DEPLOYMENT) ? "availableReplicas" : "currentReplicas", replicas);
        patchStatus(
                kind,
                workload.getMetadata().getNamespace(),
                workload.getMetadata().getName(),
                status);
    }

    private void patchStatus(ResourceKind kind, String namespace, String name, ObjectNode status) {
        expect(
                server.send(
                        "PATCH",
                        server.path(kind, namespace) + "/" + name + "/status",
                        "application/merge-patch+json",
                        status.toString().getBytes(StandardCharsets.UTF_8)),
                name);
    }

    private static void expect(int answer, String what) {
        if (answer / 100 != 2 && answer != TenantServer.CONFLICT) {
            System.err.println("Expected to write the status of " + what + ", but the server answered " + answer);
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        client.close();
        hands.shutdownNow();
    }
}
