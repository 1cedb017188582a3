package aether.archive.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddCheckpointTest {

    private static final VerifierKey LOG = SealWorld.SIGNER.verifierKey();
    private static final Cosigner COSIGNER =
            Cosigner.ed25519("witness.test/w1", "thirty-two bytes of a witness...".getBytes(UTF_8));

    @TempDir
    private Path directory;

    private final SealWorld world = new SealWorld();
    private WitnessMemory memory;
    private WitnessServer server;
    private Sealer sealer;

    @BeforeEach
    void start() throws IOException {
        memory = new WitnessMemory(directory);
        server = WitnessServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Witness(LOG, COSIGNER, memory, () -> SealWorld.START));
        sealer = world.open();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        memory.close();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(address("/add-checkpoint"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static SignedNote signed(long size, Hash root) {
        return new Checkpoint(LOG.name(), size, root).sign(SealWorld.SIGNER);
    }

    private SignedNote grown(int to) throws IOException {
        sealer.append(SealWorld.entries(sealer.size(), to));
        return signed(sealer.size(), sealer.root());
    }

    private static String body(long old, List<Hash> proof, SignedNote note) {
        return new AddCheckpoint(old, proof, note).format();
    }

    @Test
    void followsALogOverHttpAndShowsMonitorsWhereItIs() throws Exception {
        WitnessClient client = new WitnessClient(address("/"), COSIGNER.key());
        for (int size : new int[] {1, 300, 300, 70_000}) {
            SignedNote note = grown(size);
            SignedNote cosigned = note.with(client.line(note, size, WitnessClient.Consistency.of(sealer.proofs())));
            assertThat(COSIGNER.key().cosigned(cosigned)).contains(SealWorld.START);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            String path = "/" + Hash.sha256(LOG.name().getBytes(UTF_8)).hex() + "/checkpoint";
            String shown = http.send(
                            HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(shown).contains("\n70000\n");
            assertThat(COSIGNER.key().cosigned(SignedNote.parse(shown))).isPresent();
        }
    }

    @Test
    void aClientThatForgotWhereTheWitnessIsIsTold() throws Exception {
        new WitnessClient(address("/"), COSIGNER.key())
                .line(grown(300), 300, WitnessClient.Consistency.of(sealer.proofs()));
        SignedNote note = grown(900);

        HttpResponse<String> conflict = post(body(0, List.of(), note));
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body()).isEqualTo("300\n");
        assertThat(conflict.headers().firstValue("Content-Type")).contains("text/x.tlog.size");

        String line = new WitnessClient(address("/"), COSIGNER.key())
                .line(note, 900, WitnessClient.Consistency.of(sealer.proofs()));
        assertThat(COSIGNER.key().cosigned(note.with(line))).isPresent();
    }

    @Test
    void refusesWhatDoesNotFollowAndKeepsItAsEvidence() throws Exception {
        new WitnessClient(address("/"), COSIGNER.key())
                .line(grown(300), 300, WitnessClient.Consistency.of(sealer.proofs()));
        SignedNote note = grown(900);
        List<Hash> proof = sealer.proofs().consistency(300).hashes();

        SignedNote fork = signed(900, MerkleTree.leaf(new byte[] {1}));
        assertThat(post(body(300, proof, fork)).statusCode()).isEqualTo(422);
        assertThat(post(body(300, proof.subList(1, proof.size()), note)).statusCode())
                .isEqualTo(422);
        SignedNote sameSize = signed(300, MerkleTree.leaf(new byte[] {1}));
        assertThat(post(body(300, List.of(), sameSize)).statusCode()).isEqualTo(422);
        try (var kept = Files.list(directory)) {
            assertThat(kept.filter(file -> file.getFileName().toString().startsWith("evidence-")))
                    .hasSize(3);
        }
        assertThat(post(body(300, proof, note)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAnotherLogAnotherKeyAndNonsense() throws Exception {
        SignedNote note = grown(300);
        Ed25519Signer stranger = Ed25519Signer.fromSeed(LOG.name(), "a stranger who took the name ...".getBytes(UTF_8));
        Ed25519Signer elsewhere = Ed25519Signer.fromSeed("elsewhere.test/log", new byte[32]);

        assertThat(post(body(0, List.of(), new Checkpoint(LOG.name(), 300, sealer.root()).sign(stranger)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(body(0, List.of(), new Checkpoint("elsewhere.test/log", 300, sealer.root()).sign(elsewhere)))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(body(301, List.of(), note)).statusCode()).isEqualTo(400);
        assertThat(post("old 0\n" + "x\n".repeat(64) + "\n" + note.format()).statusCode())
                .isEqualTo(400);
        assertThat(post("").statusCode()).isEqualTo(400);
        assertThat(post("old 0\n\n" + "x".repeat(1 << 19)).statusCode()).isEqualTo(413);
        assertThat(memory.newest()).isEmpty();
    }

    @Test
    void anEmptyLogIsTheRootOfNothing() throws Exception {
        assertThat(post(body(0, List.of(), signed(0, MerkleTree.leaf(new byte[0]))))
                        .statusCode())
                .isEqualTo(422);
        assertThat(post(body(0, List.of(), signed(0, MerkleTree.emptyRoot()))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aClientBelievesOnlyTheKeyItBrought() throws IOException {
        Cosigner other = Cosigner.ed25519("witness.test/w1", new byte[32]);
        SignedNote note = grown(300);
        assertThatThrownBy(() -> new WitnessClient(address("/"), other.key())
                        .line(note, 300, WitnessClient.Consistency.of(sealer.proofs())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not signed with that key");
    }

    @Test
    void aWitnessThatLostItsMemorySignsNothing() throws Exception {
        SignedNote note = grown(300);
        Files.writeString(directory.resolve("checkpoint"), note.format()); // not cosigned: not what it kept
        HttpResponse<String> answer = post(body(0, List.of(), note));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("signs nothing");
    }
}
