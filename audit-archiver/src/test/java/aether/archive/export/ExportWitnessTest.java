package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.cosign.Cosignatures;
import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.seal.SealWorld;
import aether.archive.stamp.TestAuthority;
import aether.archive.stamp.Timestamps;
import aether.archive.stamp.TrustedAuthorities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What witnesses have cosigned, in exports. */
class ExportWitnessTest {

    private static final VerifierKey KEY = SealWorld.SIGNER.verifierKey();
    private static final Cosigner W1 = TestWitnesses.named("w1");
    private static final Cosigner W2 = TestWitnesses.named("w2");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path directory;

    private CustomerLog log;
    private Path export;

    @BeforeEach
    void seal() throws IOException {
        export = directory.resolve("export.zip");
        log = new CustomerLog().append(300, 2).append(300, 2).append(100, 2);
    }

    private String cosign(Cosigner witness, long size) throws IOException {
        return TestWitnesses.cosign(log.world, witness, size, NOON.plusSeconds(size));
    }

    private ExportResult export(ExportScope scope, @Nullable Long size, @Nullable Evidence evidence)
            throws IOException {
        return Exporter.export(
                log.reader(),
                new ExportRequest(scope, KEY, size, evidence, null),
                export,
                ExportRequest.Progress.SILENT);
    }

    private ExportReport verify(@Nullable WitnessPolicy policy) throws IOException {
        return ExportVerifier.verify(export, KEY, null, TrustedAuthorities.NONE, List.of(), policy);
    }

    private static WitnessPolicy policy(String quorum, Cosigner... witnesses) {
        StringBuilder text = new StringBuilder();
        for (Cosigner witness : witnesses) {
            text.append("witness ")
                    .append(witness.key().name().replaceAll(".*/", ""))
                    .append(' ')
                    .append(witness.key().vkey())
                    .append('\n');
        }
        return WitnessPolicy.parse((text + "group both all w1 w2\nquorum " + quorum + "\n").getBytes(UTF_8));
    }

    private static final WitnessPolicy BOTH = policy("both", W1, W2);

    private String report() throws IOException {
        return new String(Zips.read(export).getOrDefault(Report.NAME, new byte[0]), UTF_8);
    }

    @Test
    void carriesWhatStandsUnderTheNewestCheckpointOfEachWitness() throws IOException {
        cosign(W1, 300);
        cosign(W1, 600);
        cosign(W2, 600);
        cosign(W1, 700);
        ExportResult result = export(CustomerLog.of(0), null, null);

        assertThat(result.evidence().objects())
                .containsExactlyElementsOf(Stream.of(
                                Cosignatures.key(600, W1.key()),
                                Cosignatures.key(600, W2.key()),
                                Cosignatures.key(700, W1.key()))
                        .sorted()
                        .toList());
        assertThat(Zips.read(export))
                .containsKeys(
                        "log/" + Cosignatures.key(700, W1.key()),
                        "log/" + Cosignatures.witness(W2.key()),
                        "log/consistency/00000000000000000600")
                .doesNotContainKeys("log/" + Cosignatures.key(300, W1.key()), "log/consistency/00000000000000000700");
        assertThat(report())
                .contains("<h2>Witnessed by</h2>")
                .contains("witness.test/w1 (key " + W1.key().idHex()
                        + ") has cosigned the log at size 700, at 2026-11-24T12:11:40Z: all that was looked at.")
                .contains("at 2026-11-24T12:10:00Z: what was looked at before position 600.");

        ExportReport anybody = verify(null);
        assertThat(anybody.findings()).isEmpty();
        assertThat(anybody.remarks())
                .hasSize(3)
                .contains("Witnessed by witness.test/w1: the log up to size 700, which holds all that was looked at,"
                        + " cosigned at 2026-11-24T12:11:40Z with the key "
                        + W1.key().idHex() + " in the export.");
        ExportReport demanding = verify(BOTH);
        assertThat(demanding.findings()).isEmpty();
        assertThat(demanding.remarks())
                .last()
                .isEqualTo(
                        "The policy's quorum stands under the checkpoint of size 600: w1 at 2026-11-24T12:10:00Z, w2 at"
                                + " 2026-11-24T12:10:00Z have cosigned. No quorum has seen what was looked at from position 600"
                                + " on yet.");
        assertThat(verify(policy("w1", W1, W2)).remarks())
                .last()
                .asString()
                .contains("size 700: w1 at")
                .endsWith("w2.");
    }

    @Test
    void anOlderOneThatCoversTheWholeRangeSaysSo() throws IOException {
        cosign(W1, 300);
        cosign(W2, 300);
        export(new ExportScope(CustomerLog.organization(1), null, null, null, null, 100L, 250L), null, null);

        assertThat(report()).contains("all that was looked at.").doesNotContain("looked at before position");
        assertThat(verify(BOTH).findings()).isEmpty();
        assertThat(verify(BOTH).remarks()).last().asString().endsWith("have cosigned.");
    }

    @Test
    void aQuorumThatHasSeenNoEventOfTheExportIsNotEnough() throws IOException {
        cosign(W1, 300);
        cosign(W2, 300);
        export(new ExportScope(CustomerLog.organization(1), null, null, null, null, 400L, 500L), null, null);

        assertThat(report()).contains("nothing of what was looked at yet.");
        assertThat(verify(null).findings()).isEmpty();
        assertThat(verify(BOTH).findings())
                .containsExactly(
                        "Expected the policy's quorum under a checkpoint that holds events of the export, but it"
                                + " stands under that of size 300, and the first event is at position 401.");
    }

    @Test
    void withoutCosignaturesNothingIsSaidAndAPolicyIsNotMet() throws IOException {
        export(CustomerLog.of(0), null, null);
        assertThat(report()).doesNotContain("Witnessed");
        assertThat(verify(null).remarks()).isEmpty();
        assertThat(verify(BOTH).findings())
                .containsExactly(
                        "Expected a checkpoint in the export under which the policy's quorum stands, but there is"
                                + " none: no witness of the policy has cosigned; not there: w1, w2.");
        cosign(W1, 700);
        export(CustomerLog.of(0), null, null);
        assertThat(verify(BOTH).findings())
                .singleElement()
                .asString()
                .contains("at size 700, w1 at")
                .endsWith("w2.");
    }

    @Test
    void whatIsSignedLaterComesOnlyIntoAnExportThatLeavesItOpen() throws IOException {
        cosign(W1, 700);
        ExportResult first = export(CustomerLog.of(0), null, null);
        byte[] bytes = Files.readAllBytes(export);
        cosign(W2, 700);
        byte[] checkpoint =
                log.world.worm.get("checkpoints/00000000000000000700").orElseThrow();
        log.world.worm.put(
                Timestamps.key(700),
                TestAuthority.named("Test Time").stamp(checkpoint, SealWorld.START),
                SealWorld.START.plusSeconds(1));
        log.append(100, 2);

        ExportResult same = export(CustomerLog.of(0), first.checkpoint().size(), first.evidence());
        assertThat(same).isEqualTo(first);
        assertThat(export).hasBinaryContent(bytes);
        ExportResult open = export(CustomerLog.of(0), 700L, null);
        assertThat(open.evidence().objects()).hasSize(3);
        assertThat(open.sha256()).isNotEqualTo(first.sha256());
        assertThat(verify(BOTH).findings()).isEmpty();
        ExportResult bare = export(CustomerLog.of(0), 700L, Evidence.NONE);
        assertThat(bare.evidence()).isEqualTo(Evidence.NONE);
        assertThat(Zips.read(export).keySet())
                .noneMatch(name -> name.matches("log/(cosigned|witnesses|timestamps)/.*"));
    }

    @Test
    void whatIsNotGenuineIsLeftOutAndWhatIsMissingIsSaid() throws IOException {
        String genuine = cosign(W1, 700);
        String other = Cosignatures.key(700, W2.key());
        log.world.worm.put(other, log.world.worm.get(genuine).orElseThrow(), SealWorld.START.plusSeconds(1));
        log.world.worm.put(
                Cosignatures.witness(W2.key()),
                Cosignatures.text(W2.key()).getBytes(UTF_8),
                SealWorld.START.plusSeconds(1));
        export(CustomerLog.of(0), null, null);
        assertThat(Zips.read(export)).containsKey("log/" + genuine).doesNotContainKey("log/" + other);
        assertThat(verify(null).findings()).isEmpty();

        assertThatThrownBy(() ->
                        export(CustomerLog.of(0), 700L, new Evidence(List.of(Cosignatures.key(600, W1.key())))))
                .hasMessage("Expected " + Cosignatures.key(600, W1.key()) + ", but it is missing.");
        assertThatThrownBy(() -> export(CustomerLog.of(0), 600L, new Evidence(List.of(genuine))))
                .hasMessageStartingWith("Expected evidence about the log up to size 600");
        assertThatThrownBy(() -> new Evidence(List.of("keys/0.vkey"))).hasMessageEndingWith("but got keys/0.vkey.");
    }

    /** An attacker fits the manifest to whatever was changed; without the maker's signature only the content tells. */
    @Test
    void whateverIsChangedIsNamed() throws IOException {
        cosign(W1, 600);
        cosign(W2, 700);
        export(CustomerLog.of(0), null, null);
        Map<String, byte[]> files = Zips.read(export);
        List<String> names = files.keySet().stream()
                .filter(name -> name.matches("log/(cosigned|witnesses|consistency)/.*"))
                .toList();
        assertThat(names).hasSize(5);
        for (String name : names) {
            byte[] bytes = files.getOrDefault(name, new byte[0]).clone();
            bytes[bytes.length / 2] ^= 1;
            rewrite(files, Map.of(name, bytes));
            assertThat(verify(null).findings()).as("%s was changed", name).isNotEmpty();
            rewrite(files, Map.of(name, new byte[0]));
            assertThat(verify(null).findings()).as("%s was emptied", name).isNotEmpty();
            Map<String, byte[]> fewer = new HashMap<>(files);
            fewer.remove(name);
            rewrite(fewer, Map.of());
            boolean whole = name.startsWith("log/cosigned/");
            assertThat(verify(null).findings())
                    .as("%s is gone", name)
                    .anyMatch(finding -> whole ? finding.contains("to belong to") : finding.contains(name));
        }
        rewrite(files, Map.of("log/witnesses/00000000.vkey", new byte[] {'\n'}));
        assertThat(verify(null).findings())
                .singleElement()
                .asString()
                .contains("log/witnesses/00000000.vkey to belong");
        rewrite(files, Map.of("log/cosigned/600", new byte[] {'\n'}));
        assertThat(verify(null).findings()).singleElement().asString().contains("named by a size within the log");
    }

    @Test
    void aWitnessOfTheSameNameIsNotTheOneThatThePolicyNames() throws IOException {
        Cosigner impostor = Cosigner.ed25519(W1.key().name(), new byte[32]);
        cosign(impostor, 700);
        cosign(W2, 700);
        export(CustomerLog.of(0), null, null);
        assertThat(verify(null).findings()).isEmpty();
        assertThat(verify(BOTH).findings()).singleElement().asString().contains("not there: w1");
    }

    /** Signed by the log's own key and by the witness: the log has shown them another tree. */
    @Test
    void aCosignedCheckpointOfAnotherTreeIsFound() throws IOException {
        String object = cosign(W1, 600);
        export(CustomerLog.of(0), null, null);
        Map<String, byte[]> files = Zips.read(export);
        SignedNote fork = new Checkpoint(KEY.name(), 600, Hash.sha256(new byte[] {1})).sign(SealWorld.SIGNER);
        SignedNote both = fork.withAll(List.of(W1.cosign(fork.text(), NOON)));
        rewrite(files, Map.of("log/" + object, both.format().getBytes(UTF_8)));

        assertThat(verify(null).findings())
                .containsExactly("The cosigned checkpoint log/" + object + " is worth nothing. Expected"
                        + " log/consistency/00000000000000000600 to show that it is a beginning of the log of size 700, but"
                        + " it does not.");
    }

    @Test
    void moreCosignaturesThanAnybodyNeedsAreNotChecked() throws IOException {
        String object = cosign(W1, 700);
        export(CustomerLog.of(0), null, null);
        Map<String, byte[]> files = Zips.read(export);
        byte[] genuine = files.getOrDefault("log/" + object, new byte[0]);
        Map<String, byte[]> many = new HashMap<>();
        for (int i = 0; i < Evidence.MAX_OBJECTS; i++) {
            many.put("log/cosigned/" + i, genuine);
        }
        rewrite(files, many);
        assertThat(verify(BOTH).findings())
                .contains("Expected at most 200 cosigned checkpoints, but there are 201.")
                .hasSize(2);
    }

    private void rewrite(Map<String, byte[]> files, Map<String, byte[]> changes) throws IOException {
        Map<String, byte[]> changed = new HashMap<>(files);
        changed.putAll(changes);
        Manifest manifest = Manifest.decode(changed.getOrDefault(Manifest.NAME, new byte[0]));
        manifest.files().keySet().retainAll(changed.keySet());
        changes.forEach(
                (name, bytes) -> manifest.files().put(name, new Manifest.Content(Hash.sha256(bytes), bytes.length)));
        changed.put(Manifest.NAME, manifest.encode());
        changed.put(Manifest.SUMS, manifest.sums(manifest.encode()));
        Zips.write(export, changed);
    }
}
