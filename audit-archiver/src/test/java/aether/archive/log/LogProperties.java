package aether.archive.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every log. */
class LogProperties {

    @Property(tries = 60)
    void theWritersRootIsTheRootOfTheSpecification(@ForAll @IntRange(max = 1_500) int size, @ForAll long salt) {
        List<Hash> leaves = leaves(size, salt);
        RightEdge edge = RightEdge.empty();
        leaves.forEach(leaf -> edge.append(leaf, (tile, bytes) -> {}));

        assertThat(edge.root()).isEqualTo(MerkleTree.root(leaves));
        assertThat(edge.size()).isEqualTo(size);
    }

    @Property(tries = 40)
    void anEdgeThatIsPutTogetherAgainGoesOnAlike(
            @ForAll @IntRange(max = 1_200) int size, @ForAll @IntRange(min = 1, max = 300) int more) {
        List<Hash> leaves = leaves(size + more, 7);
        RightEdge whole = RightEdge.empty();
        leaves.subList(0, size).forEach(leaf -> whole.append(leaf, (tile, bytes) -> {}));

        RightEdge again = RightEdge.of(size, List.of(whole.partial(0), whole.partial(1), whole.partial(2)));
        leaves.subList(size, size + more).forEach(leaf -> again.append(leaf, (tile, bytes) -> {}));

        assertThat(again.root()).isEqualTo(MerkleTree.root(leaves));
    }

    @Property(tries = 60)
    void proofsFromTilesVerify(@ForAll @IntRange(min = 1, max = 1_500) int size, @ForAll int a, @ForAll int b) {
        List<Hash> leaves = leaves(size, 1);
        Map<TilePath, List<Hash>> tiles = tiles(leaves);
        ProofBuilder proofs = new ProofBuilder(tile -> held(tiles, tile), size);
        int index = Math.floorMod(a, size);
        int old = 1 + Math.floorMod(b, size);

        assertThat(proofs.root()).isEqualTo(MerkleTree.root(leaves));
        assertThat(proofs.inclusion(index).proves(leaves.get(index), proofs.root()))
                .isTrue();
        assertThat(proofs.consistency(old).proves(MerkleTree.root(leaves.subList(0, old)), proofs.root()))
                .isTrue();
    }

    @Property(tries = 60)
    void aChangedLeafIsFound(@ForAll @IntRange(min = 1, max = 600) int size, @ForAll int where) {
        List<Hash> leaves = leaves(size, 1);
        int index = Math.floorMod(where, size);
        InclusionProof proof = new ProofBuilder(tile -> held(tiles(leaves), tile), size).inclusion(index);
        List<Hash> forged = new ArrayList<>(leaves);
        forged.set(index, MerkleTree.leaf(new byte[] {42}));

        assertThat(MerkleTree.root(forged)).isNotEqualTo(MerkleTree.root(leaves));
        assertThat(proof.proves(forged.get(index), MerkleTree.root(leaves))).isFalse();
    }

    @Property
    void bundlesKeepTheirEntries(@ForAll @Size(max = 256) List<byte[]> entries) {
        assertThat(EntryBundle.decode(EntryBundle.encode(entries))).containsExactlyElementsOf(entries);
    }

    private static List<Hash> held(Map<TilePath, List<Hash>> tiles, TilePath tile) {
        List<Hash> hashes = tiles.get(tile);
        if (hashes == null) {
            throw new IllegalStateException("Expected " + tile.path() + ", but there are " + tiles.keySet());
        }
        return hashes;
    }

    private static Map<TilePath, List<Hash>> tiles(List<Hash> leaves) {
        Map<TilePath, List<Hash>> tiles = new HashMap<>();
        RightEdge edge = RightEdge.empty();
        leaves.forEach(leaf -> edge.append(leaf, (tile, bytes) -> tiles.put(tile, Hash.split(bytes))));
        TilePath.partials(leaves.size()).stream()
                .filter(tile -> tile.level() != TilePath.ENTRIES)
                .forEach(tile -> tiles.put(tile, edge.partial(tile.level())));
        return tiles;
    }

    private static List<Hash> leaves(int size, long salt) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(MerkleTree.leaf((salt + ":" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return leaves;
    }
}
