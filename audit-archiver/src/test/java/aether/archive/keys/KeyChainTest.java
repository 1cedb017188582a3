package aether.archive.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.export.ExportRequest;
import aether.archive.export.ExportScope;
import aether.archive.export.ExportVerifier;
import aether.archive.export.Exporter;
import aether.archive.log.SignedNote;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import aether.archive.seal.RotatingWorld;
import aether.archive.seal.SealWorld;
import aether.archive.stamp.TrustedAuthorities;
import aether.archive.verify.ArchiveProver;
import aether.archive.verify.PromisedEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was proved with one key of the log, in the hands of somebody who has another. */
class KeyChainTest {

    private final RotatingWorld world = new RotatingWorld(4);

    @TempDir
    private Path directory;

    private boolean proves(TlogProof proof, VerifierKey brought, int... statements) {
        List<byte[]> brings = new ArrayList<>();
        for (int number : statements) {
            brings.add(world.worm().get("keys/" + number + ".statement").orElseThrow());
        }
        KeyChain keys = KeyChain.of(brought, brings);
        return keys.signer(SignedNote.parse(proof.checkpoint()), proof.promised())
                .filter(signer -> proof.proves(SealWorld.entry(proof.index()), signer.key()))
                .isPresent();
    }

    @Test
    void aProofHoldsWithTheKeyOfItsTimeAndWithEveryOtherThroughTheStatements() throws IOException {
        world.live(0, null, 300);
        TlogProof before = ArchiveProver.open(world.reader(), world.key(0)).atIndex(17);
        world.live(0, 1, 400);
        world.live(1, 2, 500);
        TlogProof after = ArchiveProver.open(world.reader(), world.key(0)).atIndex(17);

        assertThat(proves(before, world.key(0))).isTrue();
        assertThat(proves(before, world.key(2))).isFalse();
        assertThat(proves(before, world.key(2), 2, 1)).isTrue();
        assertThat(proves(before, world.key(1), 1)).isTrue();
        assertThat(proves(after, world.key(2))).isTrue();
        assertThat(proves(after, world.key(0))).isFalse();
        assertThat(proves(after, world.key(0), 1, 2, 2)).isTrue();
        assertThat(proves(after, world.key(1), 2)).isTrue();
        assertThatThrownBy(() -> proves(after, world.key(0), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected the key that you brought");
        assertThat(ArchiveProver.open(world.reader(), null)
                        .atIndex(499)
                        .promised()
                        .size())
                .isEqualTo(500);
        assertThatThrownBy(() -> ArchiveProver.open(world.reader(), world.key(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Expected the key that you brought");
    }

    @Test
    void whatTheOldKeySignedLaterProvesNothingToWhoeverKnowsTheStatement() throws IOException {
        world.live(0, null, 300);
        world.live(0, 1, 400);
        world.forge("checkpoint", 0, 400, SealWorld.root(400));
        TlogProof stolen = new TlogProof(17, List.of(), world.text("checkpoint"));
        KeyChain keys = KeyChain.of(
                world.key(0), List.of(world.worm().get("keys/1.statement").orElseThrow()));

        assertThat(keys.signer(SignedNote.parse(stolen.checkpoint()), stolen.promised()))
                .isEmpty();
        assertThat(keys.refusal("the proof", SignedNote.parse(stolen.checkpoint()), stolen.promised()))
                .startsWith("FORK: the checkpoint in the proof of size 400 is signed with the key " + world.id(0));
    }

    @Test
    void everyEntryIsHandedOutWhateverKeyTheReaderHas() throws IOException {
        world.live(0, null, 300);
        world.live(0, 1, 700);
        for (int key = 0; key < 2; key++) {
            List<Long> seen = new ArrayList<>();
            PromisedEntries.of(world.reader(), world.key(key)).forEach((position, entry) -> seen.add(position));
            assertThat(seen).hasSize(700);
        }
    }

    @Test
    void anExportTellsHowTheKeyChangedBeforeItAndStaysTheSame() throws IOException {
        world.live(0, null, 300);
        Path before = export("before.zip", 300L);
        world.live(0, 1, 400);
        Path after = export("after.zip", 400L);
        world.live(1, 2, 500);

        assertThat(Files.mismatch(export("again.zip", 300L), before)).isEqualTo(-1);
        assertThat(Files.mismatch(export("again.zip", 400L), after)).isEqualTo(-1);
        for (int key = 0; key < 2; key++) {
            assertThat(ExportVerifier.verify(after, world.key(key), null).findings())
                    .isEmpty();
        }
        assertThat(ExportVerifier.verify(before, world.key(0), null).findings()).isEmpty();
        assertThat(ExportVerifier.verify(before, world.key(2), null).findings()).isNotEmpty();
        List<byte[]> since = List.of(
                world.worm().get("keys/1.statement").orElseThrow(),
                world.worm().get("keys/2.statement").orElseThrow());
        for (Path export : List.of(before, after)) {
            assertThat(ExportVerifier.verify(export, world.key(2), null, TrustedAuthorities.NONE, since)
                            .findings())
                    .isEmpty();
        }
    }

    private Path export(String name, long size) throws IOException {
        Path zip = directory.resolve(name);
        Exporter.export(
                world.reader(),
                new ExportRequest(ExportScope.ofOrganization("nobody"), world.key(0), size, null),
                zip,
                ExportRequest.Progress.SILENT);
        return zip;
    }
}
