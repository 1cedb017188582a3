package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.ProofBuilder;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.seal.SealWorld;
import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveProverTest {

    private static final VerifierKey KEY = SealWorld.SIGNER.verifierKey();
    private static final int SIZE = 600;

    @Test
    void provesEveryEntryOfALogToWhoeverHasTheKeyAlone() throws IOException {
        ArchiveProver prover = new ArchiveProver(archive(SIZE), KeyChain.of(KEY));

        for (int index = 0; index < SIZE; index++) {
            TlogProof carried = TlogProof.parse(prover.atIndex(index).format());
            byte[] entry = carried.entry().orElseThrow();
            assertThat(entry).isEqualTo(entry(index));
            assertThat(carried.proves(entry, KEY)).isTrue();
            assertThat(carried.proves(entry(index + 1), KEY)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, 256, 511, 512, 599})
    void findsAnEventByItsId(int index) throws IOException {
        assertThat(new ArchiveProver(archive(SIZE), KeyChain.of(KEY)).indexOf("e" + index))
                .contains((long) index);
    }

    @Test
    void findsNothingThatIsNotThere() throws IOException {
        assertThat(new ArchiveProver(archive(SIZE), KeyChain.of(KEY)).indexOf("e600"))
                .isEmpty();
        assertThat(new ArchiveProver(archive(0), KeyChain.of(KEY)).indexOf("e0"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, SIZE, Long.MAX_VALUE})
    void refusesAnIndexThatTheCheckpointDoesNotCover(long index) throws IOException {
        ArchiveProver prover = new ArchiveProver(archive(SIZE), KeyChain.of(KEY));

        assertThatThrownBy(() -> prover.atIndex(index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 599");
    }

    @Test
    void takesTheCompleteTileWhereThePartialOneIsGone() throws IOException {
        Objects objects = archive(SIZE);
        Objects grown = archive(768);
        List.of("tile/entries/002", "tile/0/002").forEach(full -> {
            objects.bytes.remove(full + ".p/88");
            objects.bytes.put(full, grown.bytes.get(full));
        });

        TlogProof proof = new ArchiveProver(objects, KeyChain.of(KEY)).atIndex(599);

        assertThat(proof.proves(entry(599), KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/entries/000", "tile/0/000", "tile/0/001", "tile/1/000.p/2", "tile/0/002.p/88"})
    void handsOutNothingFromADamagedArchive(String object) throws IOException {
        Objects flipped = archive(SIZE);
        flipped.bytes.computeIfPresent(object, (key, bytes) -> {
            bytes[5] ^= 1;
            return bytes;
        });
        Objects removed = archive(SIZE);
        removed.bytes.remove(object);

        assertThatThrownBy(() -> proveAll(flipped)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> proveAll(removed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesACheckpointThatTheKeyDidNotSign() {
        VerifierKey other = new VerifierKey("audit.test/log", new byte[32]);

        assertThatThrownBy(() -> new ArchiveProver(archive(SIZE), KeyChain.of(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no valid signature");
    }

    @Test
    void readsAtMostTenObjectsOfALogOfTenMillion() throws IOException {
        TenMillion log = new TenMillion();

        TlogProof proof = new ArchiveProver(log, KeyChain.of(KEY)).atIndex(4_711_000);

        assertThat(proof.proves(TenMillion.ENTRY, KEY)).isTrue();
        assertThat(log.reads).isLessThanOrEqualTo(10);
    }

    private static void proveAll(Objects objects) throws IOException {
        ArchiveProver prover = new ArchiveProver(objects, KeyChain.of(KEY));
        for (int index = 0; index < SIZE; index++) {
            prover.atIndex(index);
        }
    }

    private static byte[] entry(long index) {
        return ("{\"id\":\"e" + index + "\"}").getBytes(UTF_8);
    }

    private static Objects archive(int size) {
        Objects objects = new Objects();
        RightEdge edge = RightEdge.empty();
        List<byte[]> bundle = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            edge.append(MerkleTree.leaf(entry(index)), (tile, bytes) -> objects.bytes.put(tile.path(), bytes));
            bundle.add(entry(index));
            if (bundle.size() == TilePath.FULL || index == size - 1) {
                TilePath path = TilePath.entries(index / TilePath.FULL, bundle.size());
                objects.bytes.put(path.path(), EntryBundle.encode(bundle));
                bundle.clear();
            }
        }
        TilePath.partials(size).stream()
                .filter(partial -> partial.level() != TilePath.ENTRIES)
                .forEach(partial -> objects.bytes.put(partial.path(), Hash.concatenate(edge.partial(partial.level()))));
        objects.bytes.put("checkpoint", checkpoint(size, edge.root()));
        return objects;
    }

    private static byte[] checkpoint(long size, Hash root) {
        return new Checkpoint(KEY.name(), size, root)
                .sign(SealWorld.SIGNER)
                .format()
                .getBytes(UTF_8);
    }

    /** Objects by key; only reading is of interest here. */
    private static class Objects implements ArchiveReader {

        final Map<String, byte[]> bytes = new HashMap<>();

        @Override
        public Optional<byte[]> read(String key) {
            return Optional.ofNullable(bytes.get(key)).map(byte[]::clone);
        }

        @Override
        public List<String> children(String prefix) {
            return bytes.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .sorted()
                    .toList();
        }

        @Override
        public void forEachKey(Consumer<String> visitor) {
            bytes.keySet().forEach(visitor);
        }

        @Override
        public Optional<ObjectLock> lock(String key) {
            return Optional.empty();
        }

        @Override
        public boolean isReadOnly(String key) {
            return true;
        }

        @Override
        public long locksWithoutObject() {
            return 0;
        }
    }

    /** A log whose entries are all alike, so that every tile of a level is made of one hash. */
    private static final class TenMillion extends Objects {

        private static final long TEN_MILLION = 10_000_000;
        private static final byte[] ENTRY = entry(0);

        private int reads;

        TenMillion() {
            Hash root = new ProofBuilder(tile -> hashes(tile.level(), tile.width()), TEN_MILLION).root();
            bytes.put("checkpoint", checkpoint(TEN_MILLION, root));
        }

        @Override
        public Optional<byte[]> read(String key) {
            reads++;
            return super.read(key).or(() -> TilePath.parse(key).map(TenMillion::tile));
        }

        private static byte[] tile(TilePath tile) {
            return tile.level() == TilePath.ENTRIES
                    ? EntryBundle.encode(Collections.nCopies(tile.width(), ENTRY))
                    : Hash.concatenate(hashes(tile.level(), tile.width()));
        }

        private static List<Hash> hashes(int level, int width) {
            Hash hash = level == 0 ? MerkleTree.leaf(ENTRY) : MerkleTree.root(hashes(level - 1, TilePath.FULL));
            return Collections.nCopies(width, hash);
        }
    }
}
