package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClientCommandsTest {

    private static final String ORG = "00000000-0000-0000-0000-00000000000a";
    private static final String ORG2 = "00000000-0000-0000-0000-00000000000b";
    private static final String SHOP = "00000000-0000-0000-0000-00000000001a";
    private static final String BASE = "/api/v1/organizations";
    private static final String CLUSTERS = BASE + "/" + ORG + "/clusters";

    private final ServerDouble server = new ServerDouble();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private String input = "";

    @TempDir
    private Path directory;

    @CommandLine.Command(name = "aether")
    private static final class Root {}

    @BeforeEach
    void writeContext() throws IOException {
        Files.writeString(directory.resolve("token"), "aether_secret\n");
        ContextFile.empty()
                .with(new ContextFile.Context(
                        "local", server.url(), directory.resolve("token").toString(), null))
                .write(directory.resolve("config.yaml"));
        server.on("GET " + BASE + "?limit=100", 200, page(organization(ORG, "acme")));
        server.on("GET " + CLUSTERS + "?limit=100", 200, page(cluster("running", "null")));
        server.on("GET " + CLUSTERS + "?name=shop&limit=100", 200, page(cluster("running", "null")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void appliesAFileAndShowsWhatCameOfIt() throws IOException {
        Path file = Files.writeString(directory.resolve("tenant.yaml"), "kind: Organization\n");
        planManifests();

        assertThat(run("apply", "-f", file.toString())).isZero();

        assertThat(out.toString()).isEqualTo("""
                        KIND          NAME  OUTCOME
                        Organization  acme  created
                        Cluster       shop  unchanged
                        """);
        ServerDouble.Asked asked = server.asked().getLast();
        assertThat(asked.body()).isEqualTo("kind: Organization\n");
        assertThat(asked.headers())
                .containsEntry("content-type", "application/yaml")
                .containsEntry("authorization", "Bearer aether_secret");
    }

    @Test
    void appliesFromStandardInputWithAnAnswerForPrograms() {
        input = "kind: Organization\n";
        planManifests();

        assertThat(run("apply", "-f", "-", "-o", "yaml")).isZero();

        assertThat(out.toString()).isEqualTo("""
                        items:
                        - kind: Organization
                          name: acme
                          id: %s
                          outcome: created
                        - kind: Cluster
                          name: shop
                          id: %s
                          outcome: unchanged
                        position: "17"
                        """.formatted(ORG, SHOP));
    }

    @Test
    void readsWhatItWroteAMomentAgoButNotForEver() {
        planManifests();
        run("apply", "-f", "-");
        run("get", "clusters");
        assertThat(server.asked().getLast().headers()).containsEntry("aether-min-position", "17");

        now = now.plus(Duration.ofMinutes(2));
        run("get", "clusters");
        assertThat(server.asked().getLast().headers()).doesNotContainKey("aether-min-position");
    }

    @Test
    void doesNotInsistOnAPositionThatTheServerDoesNotReach() {
        planManifests();
        run("apply", "-f", "-");
        server.close();
        try (ServerDouble other = new ServerDouble()) {
            other.on("GET " + BASE + "?limit=100", 503, error("view_behind", "Expected position 17, but no.", ""));
            other.on("GET " + BASE + "?limit=100", 200, page(""));
            new PositionMemory(directory.resolve("last-position"), () -> now).remember(other.url(), "17");

            assertThat(run("get", "organizations", "--server", other.url())).isZero();
            assertThat(out.toString()).endsWith("There are no organizations.\n");
        }
    }

    @Test
    void saysWhatIsWrongFieldByField() {
        server.on("POST /api/v1/manifests", 400, """
                {"error":{"code":"invalid","message":"Expected a manifest, but two things are wrong.","details":[
                {"field":"documents[0].spec.name","code":"invalid","message":"Expected a DNS label, but got 'X'."},
                {"field":"documents[1].spec.min","code":"invalid","message":"Expected min from 0 to 200, but got -1."}]}}""");

        assertThat(run("apply", "-f", "-")).isEqualTo(1);

        assertThat(err.toString()).isEqualTo("""
                        Expected a manifest, but two things are wrong.
                          documents[0].spec.name: Expected a DNS label, but got 'X'.
                          documents[1].spec.min: Expected min from 0 to 200, but got -1.
                        """);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void listsClusters() {
        assertThat(run("get", "clusters")).isZero();

        assertThat(out.toString()).isEqualTo("""
                        ORGANIZATION  NAME  STATUS   VERSION  REGION  ENDPOINT                 MESSAGE
                        acme          shop  running  1.33.5   eu-1    https://10.128.0.2:6443  -
                        """);
    }

    @Test
    void listsEveryPage() {
        server.on("GET " + BASE + "?slug=big&limit=100", 200, page(organization(ORG2, "big")));
        String clusters = BASE + "/" + ORG2 + "/clusters";
        server.on(
                "GET " + clusters + "?limit=100",
                200,
                "{\"items\":[" + cluster("running", "null") + "],\"next_cursor\":\"" + SHOP + "\"}");
        server.on("GET " + clusters + "?limit=100&cursor=" + SHOP, 200, page(cluster("failed", "\"no room\"")));

        assertThat(run("get", "clusters", "--organization", "big")).isZero();
        assertThat(out.toString().lines()).hasSize(3);
    }

    @Test
    void listsPoolsAndMachinesOfACluster() {
        plan();

        assertThat(run("get", "pools", "--cluster", "shop")).isZero();
        assertThat(run("get", "machines", "--organization", "acme", "--cluster", "shop"))
                .isZero();

        assertThat(out.toString()).isEqualTo("""
                        CLUSTER    NAME  STATUS   READY  MIN  MAX  VCPUS  MEMORY_GB  DISK_GB
                        acme/shop  main  Running  2/2    2    2    2      4          40
                        CLUSTER    NAME     ROLE           STATUS  VM    ADDRESS
                        acme/shop  shop-lb  load-balancer  ready   1000  10.128.0.2
                        """);
    }

    @Test
    void printsForPrograms() {
        plan();

        assertThat(run("get", "pools", "-o", "json")).isZero();

        assertThat(out.toString()).contains("\"cluster\" : \"acme/shop\"").contains("\"memory_gb\" : 4");
    }

    @Test
    void describesAClusterWithItsStages() {
        plan();

        assertThat(run("describe", "cluster", "acme/shop")).isZero();

        assertThat(out.toString()).isEqualTo("""
                        Cluster acme/shop
                          Id:               %s
                          Status:           running
                          Message:          -
                          Region:           eu-1
                          Version:          1.33.5
                          Observed version: 1.33.5
                          Endpoint:         https://10.128.0.2:6443
                          Worker subnet:    10.64.1.0/24
                          LB subnet:        10.128.0.2/32
                          Created:          2026-11-24T10:00:00Z
                          Updated:          2026-11-24T10:00:09Z

                        Node pools
                        NAME  STATUS   READY  MIN  MAX  VCPUS  MEMORY_GB  DISK_GB
                        main  Running  2/2    2    2    2      4          40

                        Machines
                        NAME     ROLE           STATUS  VM    ADDRESS
                        shop-lb  load-balancer  ready   1000  10.128.0.2

                        Stages
                          network             1.5 s
                          load balancer       2.0 s
                        """.formatted(SHOP));
    }

    @Test
    void tellsWhatHappened() {
        plan();

        assertThat(run("events", "cluster", "shop")).isZero();

        assertThat(out.toString()).isEqualTo("""
                        POSITION  TIME                      ACTOR  WHAT HAPPENED
                        3         2026-11-24T10:00:00Z      anna   Cluster shop requested
                        4         2026-11-24T10:00:01.500Z  saga   Network allocated
                        5         2026-11-24T10:00:03.500Z  w-1    Machine shop-lb is ready
                        """);
    }

    @Test
    void showsTheNamesBehindPseudonymsAndThatSomebodyIsForgotten() {
        String known = "p/AAAAAAAAAAAAAAAAAAAAAA";
        String gone = "p/BBBBBBBBBBBBBBBBBBBBBB";
        server.on(
                "GET " + CLUSTERS + "/" + SHOP + "/events?limit=100",
                200,
                "{\"items\":[" + entry(3, "00", known, "null", "Cluster shop requested") + ","
                        + entry(4, "01", gone, "null", "Network allocated") + "],\"next_cursor\":null}");
        server.on(
                "POST /api/v1/privacy/names",
                200,
                "{\"names\":{\"" + known + "\":\"anna\",\"" + gone + "\":\"[forgotten]\"}}");

        assertThat(run("events", "cluster", "shop")).isZero();

        assertThat(out.toString()).contains("anna ").contains("[forgotten] ").doesNotContain("p/");
    }

    @Test
    void forgetsAPersonWithoutTheNameInAPath() {
        server.on(
                "POST /api/v1/privacy/erasures",
                200,
                "{\"subject\":\"0190\",\"key_id\":\"s/0190/1\",\"destroyed_at\":\"2026-11-27T01:02:03Z\","
                        + "\"master_key_generation_ended\":4,\"position\":\"71\"}");

        assertThat(run("audit", "forget", "--user", "acme/mia", "--basis", "objection"))
                .isZero();

        assertThat(out.toString())
                .contains("Key s/0190/1 was destroyed at 2026-11-27T01:02:03Z")
                .contains("The proof is event 71 of the log.");
        assertThat(server.asked().getLast().body())
                .isEqualTo("{\"kind\":\"user\",\"organization\":\"acme\",\"name\":\"mia\",\"basis\":\"objection\"}");
        assertThat(run("audit", "forget", "--user", "mia", "--basis", "objection"))
                .isEqualTo(2);
        assertThat(run("audit", "forget", "--basis", "objection")).isEqualTo(2);
    }

    @Test
    void placesAndLiftsAHold() {
        server.on(
                "POST /api/v1/privacy/holds", 200, "{\"subject\":\"0190\",\"holds\":[\"case-17\"],\"position\":\"7\"}");
        server.on("POST /api/v1/privacy/holds/lifted", 200, "{\"subject\":\"0190\",\"holds\":[],\"position\":\"8\"}");

        assertThat(run(
                        "audit",
                        "hold",
                        "place",
                        "--address",
                        "192.0.2.7",
                        "--reference",
                        "case-17",
                        "--reason",
                        "audit"))
                .isZero();
        assertThat(run("audit", "hold", "lift", "--address", "192.0.2.7", "--reference", "case-17"))
                .isZero();

        assertThat(out.toString()).isEqualTo("""
                        In force on subject 0190: case-17.
                        No hold is in force on subject 0190.
                        """);
    }

    @Test
    void followsWhatHappensAndTakesABrokenStreamUpAgain() {
        plan();
        String stream = "GET " + CLUSTERS + "/" + SHOP + "/events/stream";
        server.on(
                stream,
                200,
                ": connected\n\nid:3\ndata:" + entry(3, "00", "anna", "null", "Cluster shop requested") + "\n\n");
        server.on(
                stream,
                200,
                "id:4\ndata:" + entry(4, "01.500", "saga", "null", "Network allocated")
                        + "\n\nevent:end\ndata:{\"code\":\"stopping\",\"message\":\"m\"}\n\n");
        server.on(stream, 401, error("unauthorized", "Expected a bearer token that is known.", ""));

        assertThat(run("events", "cluster", "shop", "--follow")).isEqualTo(1);

        assertThat(out.toString()).isEqualTo("""
                        2026-11-24T10:00:00Z  Cluster shop requested (anna)
                        2026-11-24T10:00:01.500Z  Network allocated (saga)
                        """);
        assertThat(server.asked().stream()
                        .filter(asked -> asked.path().endsWith("/stream"))
                        .map(asked -> asked.headers().getOrDefault("last-event-id", "-")))
                .containsExactly("-", "3", "4");
        assertThat(err.toString()).contains("--token-file");
    }

    @Test
    void writesAKubeconfigThatOnlyItsOwnerReads() throws IOException {
        server.on("GET " + CLUSTERS + "/" + SHOP + "/kubeconfig", 200, "kind: Config\n");
        Path file = directory.resolve("shop.yaml");

        assertThat(run("kubeconfig", "shop", "--out", file.toString())).isZero();
        assertThat(Files.readString(file)).isEqualTo("kind: Config\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        assertThat(run("kubeconfig", "shop")).isZero();
        assertThat(out.toString()).endsWith("kind: Config\n");
    }

    @Test
    void keepsTheProofsThatAnswersBringAlong() throws IOException {
        Path proofs = directory.resolve("proofs");
        String proof = Base64.getEncoder().encodeToString("the proof of 41\n".getBytes(StandardCharsets.UTF_8));
        server.on(
                "GET " + CLUSTERS + "/" + SHOP + "/kubeconfig",
                200,
                Map.of("Aether-Proof-Location", "/api/v1/audit/proofs/41", "Aether-Proof", proof),
                "kind: Config\n");
        assertThat(run("kubeconfig", "shop", "--proofs", proofs.toString())).isZero();
        assertThat(proofs.resolve("event-41.tlog-proof")).hasContent("the proof of 41\n");

        server.on(
                "DELETE " + CLUSTERS + "/" + SHOP,
                202,
                Map.of("Aether-Proof-Location", "/api/v1/audit/proofs/42", "Aether-Position", "42"),
                "");
        server.on("GET /api/v1/audit/proofs/42", 200, "the proof of 42\n"); // it did not fit into a header
        assertThat(run("delete", "cluster", "shop", "--proofs", proofs.toString()))
                .isZero();
        assertThat(proofs.resolve("event-42.tlog-proof")).hasContent("the proof of 42\n");
    }

    @Test
    void aManifestWhoseProofIsLateSaysSo() throws IOException {
        server.on(
                "POST /api/v1/manifests",
                202,
                Map.of("Aether-Proof-Location", "/api/v1/audit/proofs/43", "Aether-Position", "43"),
                "{\"accepted\":true,\"position\":\"43\",\"proof\":\"/api/v1/audit/proofs/43\","
                        + "\"message\":\"Expected the entry of this to be sealed, but it is not yet.\"}");
        Path manifest = Files.writeString(directory.resolve("shop.yaml"), "kind: Cluster\n");
        assertThat(run("apply", "-f", manifest.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Expected the entry of this to be sealed");
        assertThat(out.toString()).doesNotContain("The manifest describes nothing");
    }

    @Test
    void aSecretWhoseProofIsLateIsNotWritten() {
        server.on(
                "GET " + CLUSTERS + "/" + SHOP + "/kubeconfig",
                202,
                Map.of("Aether-Proof-Location", "/api/v1/audit/proofs/41"),
                "{\"accepted\":true,\"message\":\"Expected the entry of this to be sealed, but it is not yet.\"}");
        server.on(
                "POST " + CLUSTERS + "/" + SHOP + "/kubeconfigs",
                202,
                Map.of("Aether-Proof-Location", "/api/v1/audit/proofs/42"),
                "{\"accepted\":true,\"message\":\"Expected the entry of that to be sealed, but it is not yet.\"}");
        Path file = directory.resolve("shop.yaml");
        assertThat(run("kubeconfig", "shop", "--out", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Expected the entry of this to be sealed");
        assertThat(run(
                        "kubeconfig",
                        "shop",
                        "--group",
                        "developers",
                        "--hours",
                        "1",
                        "--reason",
                        "support",
                        "--out",
                        file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Expected the entry of that to be sealed");
        assertThat(file).doesNotExist();
    }

    @Test
    void deletesAndWaitsUntilItIsGone() {
        String path = CLUSTERS + "/" + SHOP;
        server.on("DELETE " + path, 202, Map.of("Aether-Position", "40"), "");
        server.on("GET " + path, 200, cluster("deleting", "\"Waiting for the node pools to go.\""));
        server.on("GET " + path, 200, cluster("deleting", "\"Waiting for the node pools to go.\""));
        server.on("GET " + path, 404, error("cluster_not_found", "Expected a cluster, but there is none.", ""));

        assertThat(run("delete", "cluster", "shop", "--wait")).isZero();

        assertThat(out.toString()).isEqualTo("""
                        The deletion of acme/shop has begun.
                          Waiting for the node pools to go.
                        acme/shop is gone.
                        """);
        assertThat(server.asked().getLast().headers()).containsEntry("aether-min-position", "40");
    }

    @Test
    void rotatesAClustersAuthorityInTwoSteps() {
        server.on("POST " + CLUSTERS + "/" + SHOP + "/authority-rotation", 202, cluster("running", "null"));
        server.on("POST " + CLUSTERS + "/" + SHOP + "/authority-rotation/complete", 202, cluster("running", "null"));

        assertThat(run("rotate-ca", "shop")).isZero();
        assertThat(out.toString()).startsWith("The rotation of the CA of acme/shop has begun.");
        assertThat(run("rotate-ca", "shop", "--complete")).isZero();
        assertThat(out.toString()).contains("The old CA of acme/shop is being taken away.");
        assertThat(server.asked().getLast().path()).endsWith("/authority-rotation/complete");
        assertThat(server.asked().getLast().body()).isEmpty();
    }

    @Test
    void saysFromWhereAClustersApiMayBeReached() {
        String path = CLUSTERS + "/" + SHOP + "/network";
        String two = "{\"cluster_id\":\"" + SHOP + "\",\"authorized_cidrs\":[\"198.51.100.7/32\",\"203.0.113.0/24\"]}";
        server.on("PUT " + path, 200, two);
        server.on("GET " + path, 200, two);
        server.on("PUT " + path, 200, "{\"cluster_id\":\"" + SHOP + "\",\"authorized_cidrs\":[]}");

        assertThat(run("authorize", "shop", "--cidr", "203.0.113.0/24", "--cidr", "198.51.100.7/32"))
                .isZero();
        assertThat(out.toString())
                .startsWith("The API of acme/shop may be reached from 198.51.100.7/32, 203.0.113.0/24.");
        assertThat(server.asked().getLast().body())
                .isEqualTo("{\"authorized_cidrs\":[\"203.0.113.0/24\",\"198.51.100.7/32\"]}");
        assertThat(run("authorize", "shop")).isZero();
        assertThat(server.asked().getLast().path()).isEqualTo(path);
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.startsWith("The API of acme/shop may be reached from 198.")))
                .hasSize(2);
        assertThat(run("authorize", "shop", "--anyone")).isZero();
        assertThat(server.asked().getLast().body()).isEqualTo("{\"authorized_cidrs\":[]}");
        assertThat(out.toString()).contains("may be reached from everywhere.");
        assertThat(run("authorize", "shop", "--anyone", "--cidr", "203.0.113.0/24"))
                .as("which of them is not guessed")
                .isEqualTo(2);
    }

    @Test
    void rotatesAnAuthorityThatIsNamed() {
        String path = CLUSTERS + "/" + SHOP + "/authority-rotation";
        server.on("POST " + path, 202, cluster("running", "null"));
        server.on(
                "POST " + path + "/complete", 422, "{\"error\":{\"code\":\"c\",\"message\":\"It completes itself.\"}}");

        assertThat(run("rotate-ca", "shop", "--authority", "front-proxy")).isZero();
        assertThat(out.toString()).startsWith("The rotation of the front-proxy CA of acme/shop has begun.");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"authority\":\"front-proxy\"}");
        assertThat(run("rotate-ca", "shop", "--authority", "etcd", "--complete"))
                .isNotZero();
        assertThat(server.asked().getLast().body()).isEqualTo("{\"authority\":\"etcd\"}");
    }

    @Test
    void pausesAClusterAndResumesIt() {
        String answer = "{\"id\":\"" + SHOP + "\",\"pause\":{\"until\":\"2026-12-01T06:00:00Z\"}}";
        server.on("POST " + CLUSTERS + "/" + SHOP + "/pause", 202, answer);
        server.on("POST " + CLUSTERS + "/" + SHOP + "/pause", 202, answer);
        server.on("POST " + CLUSTERS + "/" + SHOP + "/resume", 202, cluster("running", "null"));

        assertThat(run("pause", "shop", "--until", "2026-12-01T06:00:00Z", "--reason", "incident"))
                .isZero();
        assertThat(out.toString()).startsWith("acme/shop is paused until 2026-12-01T06:00:00Z.");
        assertThat(server.asked().getLast().body())
                .isEqualTo("{\"reason\":\"incident\",\"reference\":\"\",\"until\":\"2026-12-01T06:00:00Z\"}");
        assertThat(run("pause", "shop", "--for", "90", "--reason", "other", "--reference", "CHG-1"))
                .isZero();
        assertThat(server.asked().getLast().body())
                .isEqualTo("{\"reason\":\"other\",\"reference\":\"CHG-1\",\"minutes\":90}");
        assertThat(run("resume", "shop")).isZero();
        assertThat(out.toString()).contains("acme/shop is looked after again.");
        assertThat(run("pause", "shop", "--reason", "other"))
                .as("how long is not guessed")
                .isEqualTo(2);
    }

    @Test
    void putsAClusterToSleepAndWakesIt() {
        server.on("POST " + CLUSTERS + "/" + SHOP + "/hibernate", 202, cluster("hibernating", "null"));
        server.on("POST " + CLUSTERS + "/" + SHOP + "/hibernate", 202, cluster("hibernating", "null"));
        server.on("POST " + CLUSTERS + "/" + SHOP + "/wake", 202, cluster("waking", "null"));

        assertThat(run("hibernate", "shop")).isZero();
        assertThat(out.toString()).startsWith("acme/shop is hibernating; ");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"reason\":\"unused\",\"reference\":\"\"}");
        assertThat(run("hibernate", "shop", "--reason", "cost", "--reference", "CHG-1"))
                .isZero();
        assertThat(server.asked().getLast().body()).isEqualTo("{\"reason\":\"cost\",\"reference\":\"CHG-1\"}");
        assertThat(run("wake", "shop")).isZero();
        assertThat(out.toString()).contains("acme/shop is waking.");
    }

    @Test
    void whatWaitsForAWindowSaysSoAndMayBeTakenOutOfIt() {
        String path = CLUSTERS + "/" + SHOP;
        String waiting = "{\"maintenance\":{\"planned\":{\"upgrade\":{\"message\":"
                + "\"Waiting for the window of 2026-12-05T02:00:00Z: upgrade to Kubernetes 1.34.1.\"}}}}";
        server.on("PUT " + path + "/maintenance-windows", 202, cluster("running", "null"));
        server.on("POST " + path + "/upgrade", 202, "{\"cluster\":" + waiting + "}");
        server.on("POST " + path + "/authority-rotation", 202, cluster("running", "null"));
        server.on("DELETE " + path + "/planned-work/upgrade", 202, cluster("running", "null"));

        assertThat(run("maintenance", "shop", "--window", "sat,sun 02:00+4h")).isZero();
        assertThat(out.toString()).startsWith("acme/shop may be disturbed sat,sun 02:00+4h (UTC).");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"windows\":[\"sat,sun 02:00+4h\"]}");
        assertThat(run("upgrade", "shop", "--to", "1.34")).isZero();
        assertThat(out.toString()).contains("Waiting for the window of 2026-12-05T02:00:00Z");
        assertThat(run("rotate-ca", "shop", "--now", "security", "--reference", "CVE-1"))
                .isZero();
        assertThat(server.asked().getLast().body())
                .isEqualTo("{\"now\":true,\"reason\":\"security\",\"reference\":\"CVE-1\"}");
        assertThat(run("maintenance", "shop", "--drop", "upgrade")).isZero();
        assertThat(run("maintenance", "shop")).as("which is not guessed").isEqualTo(2);
    }

    @Test
    void rotatesOneOfAClustersKeys() {
        String rotations = "POST " + CLUSTERS + "/" + SHOP + "/key-rotations/";
        server.on(rotations + "encryption", 202, cluster("running", "null"));
        server.on(rotations + "service-account/complete", 202, cluster("running", "null"));

        assertThat(run("rotate-keys", "shop", "--encryption")).isZero();
        assertThat(out.toString()).startsWith("The rotation of the encryption key of acme/shop has begun.");
        assertThat(run("rotate-keys", "shop", "--service-account", "--complete"))
                .isZero();
        assertThat(out.toString()).contains("The old service account key of acme/shop is being taken away.");
        assertThat(server.asked().getLast().path()).endsWith("/key-rotations/service-account/complete");
        assertThat(run("rotate-keys", "shop")).as("which key is not guessed").isEqualTo(2);
        assertThat(run("rotate-keys", "shop", "--encryption", "--service-account"))
                .isEqualTo(2);
    }

    @Test
    void upgradesAClusterAndGivesItUp() {
        server.on(
                "POST " + CLUSTERS + "/" + SHOP + "/upgrade",
                202,
                "{\"cluster\":" + cluster("upgrading", "null") + "}");
        server.on("POST " + CLUSTERS + "/" + SHOP + "/upgrade/abandon", 202, cluster("running", "null"));

        assertThat(run("upgrade", "shop", "--to", "1.34")).isZero();
        assertThat(out.toString()).startsWith("The upgrade of acme/shop to 1.34 has begun.");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"target_version\":\"1.34\"}");
        assertThat(run("upgrade", "shop", "--abandon")).isZero();
        assertThat(out.toString()).contains("acme/shop goes back to the version it came from.");
        assertThat(run("upgrade", "shop")).isEqualTo(2);
    }

    @Test
    void replacesTheNodesOfAPool() {
        server.on("POST " + CLUSTERS + "/" + SHOP + "/node-pools/workers/roll", 202, cluster("running", "null"));

        assertThat(run("roll", "shop", "workers")).isZero();
        assertThat(out.toString()).startsWith("The nodes of acme/shop/workers are being replaced.");
        assertThat(run("roll", "shop")).isEqualTo(2);
    }

    @Test
    void handsAClusterOver() {
        server.on("POST " + CLUSTERS + "/" + SHOP + "/hand-over", 200, cluster("running", "null"));

        assertThat(run("hand-over", "shop", "--to", "kubernetes")).isZero();

        assertThat(out.toString()).startsWith("acme/shop is changed through custom resources from now on.");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"channel\":\"kubernetes\"}");
        assertThat(run("hand-over", "shop", "--to", "pigeon")).isEqualTo(2);
        assertThat(err.toString()).contains("kubernetes");
    }

    @Test
    void givesUpWaitingInTime() {
        String path = CLUSTERS + "/" + SHOP;
        server.on("DELETE " + path, 202, "");
        server.on("GET " + path, 200, cluster("deleting", "\"Waiting for the node pools to go.\""));

        assertThat(run("delete", "cluster", "shop", "--wait", "--timeout", "PT5S"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Waiting for the node pools to go.");
    }

    @Test
    void saysWhichOnesANameCouldMean() {
        server.close();
        try (ServerDouble two = new ServerDouble()) {
            two.on(
                    "GET " + BASE + "?limit=100",
                    200,
                    page(organization(ORG, "acme") + "," + organization(ORG2, "big")));
            two.on("GET " + CLUSTERS + "?name=shop&limit=100", 200, page(cluster("running", "null")));
            two.on("GET " + BASE + "/" + ORG2 + "/clusters?name=shop&limit=100", 200, page(cluster("running", "null")));

            assertThat(run("kubeconfig", "shop", "--server", two.url())).isEqualTo(4);
        }
        assertThat(err.toString()).contains("acme/shop, big/shop").contains("ORGANIZATION/NAME");
    }

    @Test
    void saysWhenThereIsNoSuchThing() {
        server.on("GET " + CLUSTERS + "?name=nope&limit=100", 200, page(""));
        server.on("GET " + BASE + "?slug=nope&limit=100", 200, page(""));

        assertThat(run("describe", "cluster", "nope")).isEqualTo(4);
        assertThat(run("describe", "cluster", "nope/shop")).isEqualTo(4);
        assertThat(err.toString()).isEqualTo("""
                        Expected a cluster nope, but there is none.
                        Expected an organization nope, but there is none.
                        """);
    }

    @Test
    void saysWhenNothingListens() {
        server.close();

        assertThat(run("get", "clusters")).isEqualTo(3);
        assertThat(err.toString()).contains("nothing listens there").doesNotContain("Exception");
    }

    @Test
    void teachesHowToNameAServer() throws IOException {
        Files.delete(directory.resolve("config.yaml"));

        assertThat(run("get", "clusters")).isEqualTo(2);
        assertThat(err.toString()).contains("aether up").contains("--server");
        assertThat(run("get", "clusters", "--server", "nonsense", "--token-file", directory + "/token"))
                .isEqualTo(2);
        assertThat(run("get", "clusters", "--server", server.url(), "--token-file", directory + "/none"))
                .isEqualTo(2);
        assertThat(run("apply", "-f", directory + "/none.yaml")).isEqualTo(2);
    }

    @Test
    void verifiesOnlyWhatIsThere() {
        assertThat(run("audit", "verify", "--archive", directory.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("Expected an archive in ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply",
                "get clusters",
                "get pools",
                "get machines",
                "get organizations",
                "describe cluster",
                "events cluster",
                "kubeconfig",
                "delete cluster",
                "hand-over",
                "authorize",
                "rotate-ca",
                "roll",
                "upgrade",
                "audit verify",
                "audit prove",
                "audit probe",
                "audit replay",
                "audit history cluster",
                "audit check-proof",
                "audit prune",
                "audit hold-entries",
                "audit exports order",
                "audit exports list",
                "audit exports download",
                "audit exports delete"
            })
    void teaches(String command) {
        assertThat(run((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: aether " + command).contains("Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get", "describe", "events", "delete", "audit", "get nonsense", "get clusters -o xml", "apply"})
    void refusesWhatItDoesNotUnderstand(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    }

    private int run(String... arguments) {
        World world = new World(
                Map.of("AETHER_CONFIG", directory.resolve("config.yaml").toString()),
                directory,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                () -> now,
                millis -> now = now.plusMillis(millis));
        return ClientCommands.addTo(new CommandLine(new Root()), world)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void planManifests() {
        server.on("POST /api/v1/manifests", 200, Map.of("Aether-Position", "17"), """
                {"items":[{"kind":"Organization","name":"acme","id":"%s","outcome":"created"},
                {"kind":"Cluster","name":"shop","id":"%s","outcome":"unchanged"}],"position":"17"}""".formatted(ORG, SHOP));
    }

    private void plan() {
        String path = CLUSTERS + "/" + SHOP;
        server.on("GET " + BASE + "?slug=acme&limit=100", 200, page(organization(ORG, "acme")));
        server.on("GET " + path + "/node-pools?limit=100", 200, page("""
                        {"id":"p","cluster_id":"c","name":"main","min":2,"max":2,"desired":2,"ready":2,"vcpus":2,
                        "memory_gb":4,"disk_gb":40,"status":"Running","status_message":null}"""));
        server.on("GET " + path + "/machines?limit=100", 200, page("""
                        {"id":"m","cluster_id":"c","node_pool_id":null,"role":"load-balancer","name":"shop-lb",
                        "vm_id":1000,"status":"ready","address":"10.128.0.2"}"""));
        server.on(
                "GET " + path + "/events?limit=100",
                200,
                page(String.join(
                        ",",
                        entry(3, "00", "anna", "null", "Cluster shop requested"),
                        entry(4, "01.500", "saga", "\"network\"", "Network allocated"),
                        entry(5, "03.500", "w-1", "\"load_balancer\"", "Machine shop-lb is ready"))));
    }

    private static String entry(int position, String seconds, String actor, String stage, String sentence) {
        return """
                {"position":"%d","recorded_time":"2026-11-24T10:00:%sZ","actor":"%s","stage":%s,"sentence":"%s"}""".formatted(position, seconds, actor, stage, sentence);
    }

    private static String organization(String id, String slug) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"slug\":\"%s\"}".formatted(id, slug, slug);
    }

    private static String cluster(String status, String message) {
        return """
                {"id":"%s","org_id":"%s","name":"shop","region":"eu-1","k8s_version":"1.33.5","status":"%s",\
                "status_message":%s,"endpoint":"https://10.128.0.2:6443","observed_kubernetes_version":"1.33.5",\
                "lb_subnet":"10.128.0.2/32","worker_subnet":"10.64.1.0/24","created_at":"2026-11-24T10:00:00Z",\
                "updated_at":"2026-11-24T10:00:09Z"}""".formatted(SHOP, ORG, status, message);
    }

    private static String page(String items) {
        return "{\"items\":[" + items + "],\"next_cursor\":null}";
    }

    private static String error(String code, String message, String details) {
        return "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"details\":[%s]}}".formatted(code, message, details);
    }
}
