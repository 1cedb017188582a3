package aether.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.Signer;
import aether.archive.log.TilePath;
import aether.archive.read.DirectoryReader;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromisedEntriesTest {

    private static final int SEALED = 560;
    private static final int ENTRIES = 600;

    @TempDir
    private Path directory;

    private Path archive;
    private Signer signer;

    @BeforeEach
    void makeArchive() throws IOException {
        archive = directory.resolve("archive");
        signer = FileKey.open(directory.resolve("audit.key"), archive, "audit.test/log", new SecureRandom());
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            ArchiveStores stores = new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads);
            Sealer sealer = Sealer.open(stores, signer, SealSettings.DEFAULTS, () -> SealWorld.START);
            sealer.append(SealWorld.entries(0, SEALED));
            sealer.seal(KafkaOffsets.NONE);
            sealer.append(SealWorld.entries(SEALED, ENTRIES));
            sealer.publish();
        }
    }

    @Test
    void handsOutEveryPublishedEntryInOrder() throws IOException {
        PromisedEntries promised = promised();

        assertThat(promised.isIndependent()).isTrue();
        assertThat(promised.size()).isEqualTo(ENTRIES);
        assertThat(read(promised)).containsExactlyElementsOf(SealWorld.entries(0, ENTRIES));
    }

    @Test
    void fallsBackToTheNewestSealWhenTheLiveCheckpointIsLost() throws IOException {
        Files.delete(archive.resolve("checkpoint"));

        assertThat(read(promised())).hasSize(SEALED);
    }

    @Test
    void refusesACheckpointOfAnotherKey() {
        assertThatThrownBy(() -> PromisedEntries.of(DirectoryReader.open(archive), SealWorld.SIGNER.verifierKey()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no valid signature");
    }

    @Test
    void namesTheEntryThatWasChanged() throws IOException {
        change(300, entries -> entries.set(300 - 256, new byte[] {'x'}));

        assertThatThrownBy(() -> read(promised())).hasMessageContaining("entry 300 ");
    }

    @Test
    void findsAnEntryThatWasChangedTogetherWithItsTile() throws IOException {
        change(300, entries -> entries.set(300 - 256, new byte[] {'x'}));
        Path bundle = archive.resolve(TilePath.entries(1, 256).path());
        List<Hash> leaves = EntryBundle.decode(Files.readAllBytes(bundle)).stream()
                .map(MerkleTree::leaf)
                .toList();
        overwrite(archive.resolve(new TilePath(0, 1, 256).path()), Hash.concatenate(leaves));

        assertThatThrownBy(() -> read(promised())).hasMessageContaining("the archive is not what was signed");
    }

    private interface Change {
        void apply(List<byte[]> entries);
    }

    private void change(long position, Change change) throws IOException {
        Path bundle = archive.resolve(TilePath.entries(position / 256, 256).path());
        List<byte[]> entries = new ArrayList<>(EntryBundle.decode(Files.readAllBytes(bundle)));
        change.apply(entries);
        overwrite(bundle, EntryBundle.encode(entries));
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, bytes);
    }

    private PromisedEntries promised() throws IOException {
        return PromisedEntries.of(DirectoryReader.open(archive), signer.verifierKey());
    }

    private static List<byte[]> read(PromisedEntries promised) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        promised.forEach((position, entry) -> {
            assertThat(position).isEqualTo(entries.size());
            entries.add(entry);
        });
        return entries;
    }
}
