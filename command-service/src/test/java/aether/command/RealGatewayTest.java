package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.access.Principal;
import aether.command.admission.AdmissionServer;
import aether.command.admission.ServingFiles;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.privacy.Pseudonyms;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Outcome;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.LocalKubernetes;
import aether.embedded.kubernetes.TestKubernetes;
import aether.format.EventMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway against a real API server, with the definitions and the permissions that {@code k8s/} holds, driven by
 * kubectl. Workers are played by their commands.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealGatewayTest {

    private static final Path K8S = Path.of("..", "k8s");

    private static final String STAMP = "jsonpath={.metadata.annotations.aetherplatform\\.cloud/requested-by}";

    private static final KubernetesVersion VERSION =
            KubernetesVersion.parse("1.33").orElseThrow();

    private Path directory;

    private Kubectl kubectl;

    private Path kubeconfig;

    private RunningService service;

    private String organization;

    @BeforeAll
    void startAll(@TempDir Path shared) throws IOException {
        TestKubernetes.assumePresent();
        directory = shared;
        LocalKubernetes server = TestKubernetes.server();
        kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
        kubeconfig = Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
        // 1.20 knows no rules in schemas, and its kubectl refuses what it does not know.
        assertThat(say("apply", "--validate=false", "-f", K8S.resolve("crds").toString()))
                .contains("tenantclusters.aetherplatform.cloud created", "nodepools.aetherplatform.cloud created");
        assertThat(say("create", "namespace", "aether-system")).contains("created");
        assertThat(say("apply", "-f", K8S.resolve("rbac").toString())).contains("clusterrole");
        Path token = Files.writeString(
                directory.resolve("token"), kubectl.token(kubeconfig, "aether-system", "command-service"));
        Path authority = Files.writeString(directory.resolve("ca.crt"), server.authority());
        ServingFiles serving = ServingFiles.write(directory);
        service = RunningService.start(Map.of(
                "aether.command.management-cluster.url", server.url(),
                "aether.command.management-cluster.token-file", token.toString(),
                "aether.command.management-cluster.ca-file", authority.toString(),
                "aether.command.gateway.enabled", "true",
                "aether.command.gateway.admission.port", "0",
                "aether.command.gateway.admission.certificate-file",
                        serving.certificate().toString(),
                "aether.command.gateway.admission.key-file", serving.key().toString()));
        assertThat(apply("webhook", webhook(serving))).contains("requested-by.aetherplatform.cloud created");
        awaitWebhook();
    }

    /** What {@code k8s/admission} has, but for the way to a service that runs here instead of in a pod. */
    private String webhook(ServingFiles serving) throws IOException {
        String configuration = Files.readString(K8S.resolve("admission").resolve("webhook.yaml"))
                .split("\n---\n", -1)[2];
        String inCluster = configuration
                .lines()
                .filter(line -> line.strip().startsWith("service: "))
                .findFirst()
                .orElseThrow();
        int port = service.bean(AdmissionServer.class).port();
        return configuration.replace(
                inCluster,
                "      url: https://127.0.0.1:" + port + AdmissionServer.PATH + "\n      caBundle: "
                        + Base64.getEncoder().encodeToString(Files.readAllBytes(serving.certificate())));
    }

    /** An API server reads its webhooks by a watch. */
    private void awaitWebhook() {
        say("create", "namespace", "webhook-probe");
        String probe = """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: NodePool
                metadata: {name: probe, namespace: webhook-probe}
                spec: {clusterName: absent, nodeCount: 1, vcpus: 1, memoryGb: 1, diskGb: 10}
                """;
        kubectl.awaitTrue("a stamp", () -> {
            apply("probe", probe);
            boolean stamped =
                    !say("get", "-n", "webhook-probe", "np/probe", "-o", STAMP).isEmpty();
            say("delete", "-n", "webhook-probe", "np/probe");
            return stamped;
        });
    }

    @AfterAll
    void stopAll() {
        say("delete", "mutatingwebhookconfiguration", "requested-by.aetherplatform.cloud");
        if (service != null) {
            service.close();
        }
    }

    @BeforeEach
    void register() {
        organization = service.organization();
        assertThat(say("create", "namespace", organization)).contains("created");
    }

    private String say(String... arguments) {
        return kubectl.run(kubeconfig, arguments);
    }

    private String apply(String name, String yaml) {
        try {
            Path file = Files.writeString(directory.resolve(name + ".yaml"), yaml);
            return say("apply", "-f", file.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String cluster(String name, String version) {
        return apply(name, """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: TenantCluster
                metadata: {name: %s, namespace: %s}
                spec: {organization: %s, region: local, kubernetesVersion: "%s"}
                """.formatted(name, organization, organization, version));
    }

    private String pool(String name, String cluster, String size) {
        return apply(name, """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: NodePool
                metadata: {name: %s, namespace: %s}
                spec: {clusterName: %s, %s, vcpus: 2, memoryGb: 4, diskGb: 20}
                """.formatted(name, organization, cluster, size));
    }

    private String field(String resource, String path) {
        return say("get", "-n", organization, resource, "-o", "jsonpath={" + path + "}");
    }

    private String condition(String resource, String type, String field) {
        return field(resource, ".status.conditions[?(@.type==\"" + type + "\")]." + field);
    }

    private void await(String resource, String type, String field, String wanted) {
        kubectl.awaitTrue(
                resource + " with " + type + " " + field + " " + wanted,
                () -> condition(resource, type, field).equals(wanted));
    }

    private ClusterId id(String resource) {
        kubectl.awaitTrue(
                "an id of " + resource,
                () -> !field(resource, ".status.clusterId").isEmpty());
        return ClusterId.parse(field(resource, ".status.clusterId"));
    }

    private void report(Command command) {
        Outcome outcome = service.bean(CommandDispatcher.class)
                .dispatch(new CommandEnvelope(
                        UUID.randomUUID(), command, CommandContext.of(new Actor("worker", "workers"))))
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome.Accepted(true));
    }

    private void bringToLife(ClusterId id) {
        for (Command command : List.of(
                new ClusterCommand.PublishEndpoint(id, "10.80.0.2", 6443),
                new ClusterCommand.RequestCertificates(id),
                new ClusterCommand.RecordCertificatesIssued(id, 1, "ab", Instant.EPOCH),
                new ClusterCommand.RequestControlPlane(id),
                new ClusterCommand.RecordControlPlaneReady(id, 1, VERSION),
                new ClusterCommand.RequestAddons(id),
                new ClusterCommand.RecordAddonsInstalled(id, 1),
                new ClusterCommand.MarkRunning(id))) {
            report(command);
        }
    }

    private NodePoolId poolId(String resource) {
        kubectl.awaitTrue(
                "an id of " + resource,
                () -> !field(resource, ".status.nodePoolId").isEmpty());
        return NodePoolId.parse(field(resource, ".status.nodePoolId"));
    }

    private String version(String resource) {
        return field(resource, ".metadata.resourceVersion");
    }

    @Test
    void carriesATenantFromManifestToRunningAndTellsOfIt() {
        assertThat(cluster("shop", "1.33")).contains("tenantcluster.aetherplatform.cloud/shop created");
        assertThat(pool("web", "shop", "nodeCount: 2")).contains("created");
        ClusterId id = id("tc/shop");

        await("tc/shop", "Accepted", "status", "True");
        await("tc/shop", "Ready", "status", "False");
        ClusterEvent.ClusterRequested requested =
                (ClusterEvent.ClusterRequested) service.stream(id.stream()).getFirst();
        assertThat(requested.channel()).isEqualTo(Channel.KUBERNETES);
        assertThat(requested.version()).isEqualTo(VERSION);
        NodePoolId pool = poolId("np/web");
        bringToLife(id);
        await("tc/shop", "Ready", "status", "True");
        assertThat(condition("tc/shop", "NodesReady", "message")).isEqualTo("web is provisioning");
        report(new NodePoolCommand.RecordPoolRunning(pool, 2));
        await("tc/shop", "NodesReady", "status", "True");
        await("np/web", "Ready", "status", "True");
        for (String type : List.of("InfrastructureReady", "CertificatesReady", "ControlPlaneAvailable")) {
            assertThat(condition("tc/shop", type, "status")).as(type).isEqualTo("True");
            assertThat(condition("tc/shop", type, "observedGeneration")).isEqualTo("1");
        }
        assertThat(condition("tc/shop", "Degraded", "status")).isEqualTo("False");
        assertThat(say("get", "-n", organization, "tc"))
                .containsPattern("NAME +ORGANIZATION +VERSION +PHASE +READY +ACCEPTED")
                .containsPattern("shop +" + organization + " +" + VERSION + " +Running +True +True");
        assertThat(field("tc/shop", ".status.endpoint.host")).isEqualTo("10.80.0.2");
        assertThat(field("np/web", ".metadata.ownerReferences[0].name")).isEqualTo("shop");

        report(new ClusterCommand.RecordDegraded(id, 1, "etcd does not answer"));
        await("tc/shop", "Degraded", "status", "True");
        assertThat(condition("tc/shop", "ControlPlaneAvailable", "status")).isEqualTo("False");
    }

    @Test
    void theTrailNamesWhoAskedAndNobodyTakesAnothersName() {
        String alice = pseudonym("alice@example.com");
        String bob = pseudonym("bob@example.com");
        as("alice@example.com", "shop", "1.33");
        ClusterId id = id("tc/shop");
        assertThat(actors(id.stream())).containsOnly(alice);
        pool("web", "shop", "nodeCount: 2"); // the administrator's
        NodePoolId pool = poolId("np/web");
        assertThat(actors(pool.stream())).containsOnly(pseudonym("administrator"));

        bringToLife(id);
        String bobs = say("get", "-n", organization, "tc/shop", "-o", STAMP).replace("alice@", "bob@");
        say("annotate", "--overwrite", "-n", organization, "tc/shop", "aetherplatform.cloud/requested-by=" + bobs);
        assertThat(say("get", "-n", organization, "tc/shop", "-o", STAMP)).endsWith(" alice@example.com");
        as("bob@example.com", "shop", "1.34");
        kubectl.awaitTrue(
                "an upgrade",
                () -> service.stream(id.stream()).stream()
                        .anyMatch(ClusterEvent.ClusterUpgradeStarted.class::isInstance));
        assertThat(actors(id.stream())).contains(alice, bob);

        say("scale", "-n", organization, "np/web", "--replicas=3"); // an API server shows a webhook no pool then
        kubectl.awaitTrue("3 nodes", () -> field("np/web", ".status.nodes").equals("3"));
        assertThat(actors(pool.stream()).getLast()).isEqualTo("kubernetes-gateway");
    }

    private void as(String user, String name, String version) {
        try {
            Path file = Files.writeString(
                    directory.resolve(name + ".yaml"), """
                    apiVersion: aetherplatform.cloud/v1alpha1
                    kind: TenantCluster
                    metadata: {name: %s, namespace: %s}
                    spec: {organization: %s, region: local, kubernetesVersion: "%s"}
                    """.formatted(name, organization, organization, version));
            say("apply", "--as", user, "--as-group", "system:masters", "-f", file.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String pseudonym(String user) {
        return service.bean(Pseudonyms.class).of(new Principal(Principal.Kind.ADMINISTRATOR, "", "kubernetes:" + user));
    }

    private List<String> actors(String stream) {
        return service.eventsFrom(0).stream()
                .filter(event -> event.stream().equals(stream))
                .map(event -> service.codec().decodeMetadata(event.metadata()))
                .filter(metadata -> !metadata.actorType().equals("worker"))
                .map(EventMetadata::actor)
                .toList();
    }

    @Test
    void scalesByTheStandardSubresourceAndLeavesASteadyResourceAlone() {
        cluster("shop", "1.33");
        pool("web", "shop", "nodeCount: 2");
        NodePoolId id = poolId("np/web");

        assertThat(say("scale", "-n", organization, "np/web", "--replicas=3")).contains("scaled");
        kubectl.awaitTrue("3 nodes", () -> field("np/web", ".status.nodes").equals("3"));
        assertThat(service.stream(id.stream()))
                .anyMatch(event -> event instanceof NodePoolEvent.NodePoolScaled scaled && scaled.desired() == 3);

        String before = version("np/web") + " " + version("tc/shop");
        long head = service.head();
        say("annotate", "-n", organization, "np/web", "unrelated=yes"); // wakes the gateway
        say("annotate", "-n", organization, "tc/shop", "unrelated=yes");
        String annotated = version("np/web") + " " + version("tc/shop");
        cluster("other", "1.33");
        ClusterId other = id("tc/other"); // so by now both rounds are over
        assertThat(other).isNotNull();
        assertThat(version("np/web") + " " + version("tc/shop"))
                .isEqualTo(annotated)
                .isNotEqualTo(before);
        assertThat(service.eventsFrom(head + 1))
                .as("of the annotated ones")
                .allMatch(event -> !event.stream().equals(id.stream()));
    }

    @Test
    void saysWhatIsWrongInAConditionAndChangesNothing() {
        assertThat(cluster("shop", "latest")).contains("spec.kubernetesVersion");
        cluster("shop", "1.33");
        ClusterId id = id("tc/shop");
        bringToLife(id);
        await("tc/shop", "Ready", "status", "True");
        long head = service.head();

        cluster("shop", "1.20.0");
        await("tc/shop", "Accepted", "reason", "UnsupportedVersion");
        assertThat(condition("tc/shop", "Accepted", "message"))
                .startsWith("spec.kubernetesVersion: Expected a supported Kubernetes version");
        assertThat(condition("tc/shop", "Ready", "status")).isEqualTo("True");

        String moved = say(
                "patch",
                "-n",
                organization,
                "tc/shop",
                "--type=merge",
                "-p",
                "{\"spec\":{\"organization\":\"nobody\"}}");
        if (!moved.contains("keeps its organization")) { // a rule of the schema, from Kubernetes 1.25 on
            await("tc/shop", "Accepted", "reason", "Immutable");
        }
        pool("lonely", "absent", "nodeCount: 1");
        await("np/lonely", "Accepted", "reason", "ClusterMissing");
        pool("both", "shop", "nodeCount: 1, minNodes: 1, maxNodes: 2");
        await("np/both", "Accepted", "reason", "Exclusive");
        assertThat(condition("np/both", "Accepted", "message"))
                .isEqualTo("spec.nodeCount: Expected either nodeCount, or minNodes and maxNodes, but got both.");
        assertThat(service.eventsFrom(head + 1).stream()
                        .filter(event -> event.stream().equals(id.stream())))
                .isEmpty();

        cluster("shop", "1.33");
        await("tc/shop", "Accepted", "status", "True");
    }

    @Test
    void changesThroughOneChannelOnlyUntilHandedOver() {
        cluster("shop", "1.33");
        ClusterId id = id("tc/shop");
        String path = "/api/v1/organizations/" + organization + "/clusters/shop";

        RunningService.Answer refused = service.json("DELETE", path, "admin", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("managed_elsewhere");
        assertThat(refused.body()).contains("changed through custom resources", "hand it over to 'api' first");
        assertThat(service.json("POST", path + "/node-pools", "admin", "{}").code())
                .isEqualTo("managed_elsewhere");
        assertThat(service.yaml("admin", """
                        apiVersion: aetherplatform.cloud/v1alpha1
                        kind: NodePool
                        metadata: {name: web, organization: %s, cluster: shop}
                        spec: {node_count: 1, vcpus: 1, memory_gb: 1, disk_gb: 10}
                        """.formatted(organization)).code()).isEqualTo("managed_elsewhere");

        assertThat(service.json("POST", path + "/hand-over", "admin", "{\"channel\":\"api\"}")
                        .status())
                .isEqualTo(200);
        assertThat(service.stream(id.stream()))
                .contains(new ClusterEvent.ClusterHandedOver(id, Channel.KUBERNETES, Channel.API));
        pool("late", "shop", "nodeCount: 1");
        await("np/late", "Accepted", "reason", "ManagedElsewhere");
        say("delete", "-n", organization, "tc/shop", "np/late", "--wait=false");
        kubectl.awaitTrue(
                "no resource", () -> say("get", "-n", organization, "tc,np").contains("No resources"));
        assertThat(service.stream(id.stream())).noneMatch(ClusterEvent.ClusterDeletionRequested.class::isInstance);
    }

    @Test
    void deletesOnlyWhatWasConfirmedAndWaitsUntilItIsGone() {
        cluster("shop", "1.33");
        pool("web", "shop", "nodeCount: 1");
        ClusterId id = id("tc/shop");
        NodePoolId pool = poolId("np/web");

        say("delete", "-n", organization, "tc/shop", "--wait=false");
        await("tc/shop", "Accepted", "reason", "DeletionNotConfirmed");
        assertThat(service.stream(id.stream())).noneMatch(ClusterEvent.ClusterDeletionRequested.class::isInstance);

        say("annotate", "-n", organization, "tc/shop", "aetherplatform.cloud/confirm-deletion=shop");
        kubectl.awaitTrue(
                "its deletion in the log",
                () -> service.stream(id.stream()).stream()
                        .anyMatch(ClusterEvent.ClusterDeletionRequested.class::isInstance));
        kubectl.awaitTrue("its phase", () -> field("tc/shop", ".status.phase").equals("Deleting"));
        report(new NodePoolCommand.DeleteNodePool(pool));
        report(new NodePoolCommand.ConfirmPoolDeleted(pool));
        report(new ClusterCommand.ConfirmDeleted(id));
        kubectl.awaitTrue(
                "no resource", () -> say("get", "-n", organization, "tc,np").contains("No resources"));
    }

    @Test
    void twoResourcesOfOneClusterAreOneTooMany() {
        cluster("shop", "1.33");
        ClusterId id = id("tc/shop");
        String other = organization + "-b";
        say("create", "namespace", other);
        apply("rival", """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: TenantCluster
                metadata: {name: shop, namespace: %s}
                spec: {organization: %s, region: local, kubernetesVersion: "1.32"}
                """.formatted(other, organization));
        kubectl.await(
                kubeconfig,
                "ClaimedElsewhere",
                "get",
                "-n",
                other,
                "tc/shop",
                "-o",
                "jsonpath={.status.conditions[0].reason}");
        assertThat(say("get", "-n", other, "tc/shop", "-o", "jsonpath={.status.clusterId}{.status.endpoint}"))
                .as("nothing of the other's cluster is shown")
                .isEmpty();
        report(new ClusterCommand.PublishEndpoint(id, "10.80.0.2", 6443));
        await("tc/shop", "InfrastructureReady", "status", "True");
        say("delete", "-n", other, "tc/shop");
        assertThat(service.stream(id.stream())).hasSize(2);
        report(new ClusterCommand.RequestCertificates(id));
        report(new ClusterCommand.RecordCertificatesIssued(id, 1, "ab", Instant.EPOCH));
        await("tc/shop", "CertificatesReady", "status", "True");
    }

    @Test
    void addsANameToTheApiAndTakesItAway() {
        apply("shop", """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: TenantCluster
                metadata: {name: shop, namespace: %s}
                spec: {organization: %s, region: local, kubernetesVersion: "1.33", apiServerNames: [api.shop.example]}
                """.formatted(organization, organization));
        ClusterId id = id("tc/shop");
        assertThat(service.stream(id.stream())).endsWith(new ClusterEvent.ApiNamesSet(id, List.of("api.shop.example")));

        say("patch", "-n", organization, "tc/shop", "--type=merge", "-p", "{\"spec\":{\"apiServerNames\":[\"*\"]}}");
        await("tc/shop", "Accepted", "reason", "InvalidApiNames");
        assertThat(condition("tc/shop", "Accepted", "message")).startsWith("spec.apiServerNames: Expected DNS names");
        cluster("shop", "1.33");
        kubectl.awaitTrue(
                "no further name",
                () -> service.stream(id.stream()).getLast().equals(new ClusterEvent.ApiNamesSet(id, List.of())));
    }

    @Test
    void beginsWithASnapshotAndKeepsToThat() {
        cluster("shop", "1.33");
        ClusterId source = id("tc/shop");
        String again = """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: TenantCluster
                metadata: {name: again, namespace: %s}
                spec:
                  organization: %s
                  region: local
                  kubernetesVersion: "1.33"
                  restoreFrom: {cluster: nowhere, snapshot: etcd-snapshot-29412345}
                """.formatted(organization, organization);
        apply("again", again);
        await("tc/again", "Accepted", "reason", "RestoreSourceUnknown");
        assertThat(condition("tc/again", "Accepted", "message")).startsWith("spec.restoreFrom.cluster: Expected");

        apply("again", again.replace("nowhere", "shop"));
        ClusterId id = id("tc/again");
        assertThat(service.stream(id.stream()))
                .first()
                .isInstanceOfSatisfying(
                        ClusterEvent.ClusterRequested.class,
                        requested -> assertThat(requested.restoredFrom())
                                .isEqualTo(new ClusterSnapshot(source, "etcd-snapshot-29412345")));
        apply("again", again.replace("nowhere", "shop").replace("29412345", "29412346"));
        await("tc/again", "Accepted", "reason", "Immutable");
        assertThat(condition("tc/again", "Accepted", "message")).startsWith("spec.restoreFrom: Expected");
    }

    @Test
    void setsTheControlPlaneAndTakesItAway() {
        apply("shop", """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: TenantCluster
                metadata: {name: shop, namespace: %s}
                spec:
                  organization: %s
                  region: local
                  kubernetesVersion: "1.33"
                  oidc: {issuerUrl: "https://login.example", clientId: kubernetes, usernamePrefix: "sso:"}
                  extraArgs: {controllerManager: ["--node-monitor-grace-period=1m"]}
                """.formatted(organization, organization));
        ClusterId id = id("tc/shop");
        assertThat(service.stream(id.stream()))
                .endsWith(new ClusterEvent.ControlPlaneConfigured(
                        id,
                        new ControlPlaneSettings(
                                new OidcSettings("https://login.example", "kubernetes", "sub", "sso:", "", "oidc:", ""),
                                new ExtraArgs(List.of(), List.of("--node-monitor-grace-period=1m"), List.of()))));

        say(
                "patch",
                "-n",
                organization,
                "tc/shop",
                "--type=merge",
                "-p",
                "{\"spec\":{\"extraArgs\":{\"apiServer\":[\"--anonymous-auth=true\"]}}}");
        await("tc/shop", "Accepted", "reason", "InvalidSetting");
        assertThat(condition("tc/shop", "Accepted", "message"))
                .startsWith("spec.extraArgs.apiServer: Expected arguments that may be added, but --anonymous-auth");
        cluster("shop", "1.33");
        kubectl.awaitTrue(
                "nothing set",
                () -> service.stream(id.stream())
                        .getLast()
                        .equals(new ClusterEvent.ControlPlaneConfigured(id, ControlPlaneSettings.NONE)));
    }

    @Test
    void pausesAndGoesOn() {
        cluster("shop", "1.33");
        ClusterId id = id("tc/shop");
        say("annotate", "-n", organization, "tc/shop", "aetherplatform.cloud/paused=true");
        await("tc/shop", "Paused", "status", "True");
        pool("web", "shop", "nodeCount: 1");
        await("np/web", "Accepted", "reason", "NotCarriedOutNow");
        assertThat(service.stream(id.stream())).hasSize(1);
        say("annotate", "-n", organization, "tc/shop", "aetherplatform.cloud/paused-");
        assertThat(poolId("np/web")).isNotNull();
    }

    private void patch(String spec) {
        assertThat(say("patch", "-n", organization, "tc/shop", "--type=merge", "-p", "{\"spec\":{" + spec + "}}"))
                .contains("patched");
    }

    private void awaitLast(ClusterId id, Class<? extends ClusterEvent> event) {
        kubectl.awaitTrue(
                event.getSimpleName(),
                () -> event.isInstance(service.stream(id.stream()).getLast()));
    }

    @Test
    void sleepsAndWakesAsItsSpecSays() {
        cluster("shop", "1.33");
        ClusterId id = id("tc/shop");
        patch("\"hibernated\":true");
        bringToLife(id);
        awaitLast(id, ClusterEvent.ClusterHibernationStarted.class);
        report(new ClusterCommand.RecordHibernationObstructed(id, 1, 1, "etcd has no volume"));
        await("tc/shop", "Accepted", "reason", "HibernationObstructed");
        assertThat(condition("tc/shop", "Hibernated", "message"))
                .isEqualTo("It was not put to sleep: etcd has no volume.");
        assertThat(service.stream(id.stream()).getLast())
                .as("it is not tried again and again")
                .isInstanceOf(ClusterEvent.HibernationObstructed.class);

        patch("\"hibernated\":false");
        await("tc/shop", "Accepted", "status", "True");
        patch("\"hibernated\":true");
        awaitLast(id, ClusterEvent.ClusterHibernationStarted.class);
        report(new ClusterCommand.RecordHibernationPrepared(id, 1, 2, ""));
        report(new ClusterCommand.MarkNodesAsleep(id));
        report(new ClusterCommand.RecordHibernationPhaseDone(id, 1, 2, ClusterHibernation.Phase.API_STOPPING));
        report(new ClusterCommand.RecordHibernationPhaseDone(id, 1, 2, ClusterHibernation.Phase.ETCD_STOPPING));
        await("tc/shop", "Hibernated", "status", "True");
        assertThat(condition("tc/shop", "ControlPlaneAvailable", "status")).isEqualTo("Unknown");
        assertThat(condition("tc/shop", "Degraded", "status")).isEqualTo("False");

        patch("\"hibernated\":null");
        awaitLast(id, ClusterEvent.ClusterWakeStarted.class);
    }

    @Test
    void rotatesPausesAndIsDisturbedAsItsSpecSays() {
        cluster("shop", "1.33");
        ClusterId id = id("tc/shop");
        bringToLife(id);
        await("tc/shop", "Ready", "status", "True");
        patch("\"maintenanceWindows\":[\"sat,sun 02:00+4h\"]");
        awaitLast(id, ClusterEvent.MaintenanceWindowsSet.class);
        patch("\"maintenanceWindows\":[],\"rotations\":{\"clusterCA\":2}");
        awaitLast(id, ClusterEvent.AuthorityRotationStarted.class);

        patch("\"apiServerNames\":[\"api.shop.example\"]");
        awaitLast(id, ClusterEvent.ApiNamesSet.class);
        assertThat(service.stream(id.stream()).stream().filter(ClusterEvent.AuthorityRotationStarted.class::isInstance))
                .as("a generation that is read again asks for nothing")
                .hasSize(1);
        patch("\"rotations\":{\"clusterCA\":9}");
        await("tc/shop", "Accepted", "reason", "OutOfRange");
        assertThat(condition("tc/shop", "Accepted", "message"))
                .isEqualTo("spec.rotations.clusterCA: Expected a generation from 1 to 2, the one after that in use, but"
                        + " got 9.");

        Instant until = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        patch("\"rotations\":{\"clusterCA\":2},\"pause\":{\"until\":\"" + until + "\",\"reason\":\"incident\"}");
        awaitLast(id, ClusterEvent.ClusterPaused.class);
        await("tc/shop", "Paused", "reason", "PausedUntil");
        patch("\"pause\":{\"until\":null,\"reason\":null}");
        awaitLast(id, ClusterEvent.ClusterResumed.class);
    }

    @Test
    void tellsAnAbsentOrganizationFromAWrongName() {
        apply("orphan", """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: TenantCluster
                metadata: {name: orphan, namespace: %s}
                spec: {organization: nobody-here, region: nowhere, kubernetesVersion: "1.33"}
                """.formatted(organization));
        await("tc/orphan", "Accepted", "reason", "OrganizationUnknown");
        assertThat(condition("tc/orphan", "Accepted", "message"))
                .contains("spec.region: Expected one of the open regions [local], but got 'nowhere'.")
                .contains("spec.organization: Expected an existing organization");
        assertThat(field("tc/orphan", ".status.phase")).isEqualTo("Pending");
        say("delete", "-n", organization, "tc/orphan");
        assertThat(say("get", "-n", organization, "tc")).contains("No resources");
    }
}
