package aether.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactRangeTest {

    @Test
    void hasTheRootThatRfc6962DefinesAtEverySize() {
        CompactRange range = new CompactRange();
        List<Hash> leaves = new ArrayList<>();
        assertThat(range.root()).isEqualTo(MerkleTree.emptyRoot());
        for (int i = 0; i < 600; i++) {
            leaves.add(MerkleTree.leaf(Integer.toString(i).getBytes(UTF_8)));
            range.append(leaves.getLast());
            assertThat(range.root()).as("size %d", i + 1).isEqualTo(MerkleTree.root(leaves));
        }
    }

    @Test
    void aTreeGrownByWholeTilesIsTheTreeGrownByLeaves() {
        RightEdge leafByLeaf = RightEdge.empty();
        RightEdge tileByTile = RightEdge.empty();
        List<TilePath> completed = new ArrayList<>();
        for (int tile = 0; tile < 300; tile++) {
            List<Hash> leaves = new ArrayList<>();
            CompactRange range = new CompactRange();
            for (int i = 0; i < TilePath.FULL; i++) {
                leaves.add(MerkleTree.leaf((tile + "/" + i).getBytes(UTF_8)));
                range.append(leaves.getLast());
                leafByLeaf.append(leaves.getLast(), (path, bytes) -> {});
                if (i == 99) {
                    assertThat(tileByTile.rootWith(range.root())).isEqualTo(leafByLeaf.root());
                }
            }
            tileByTile.appendTile(range.root(), (path, bytes) -> completed.add(path));
            assertThat(tileByTile.root()).isEqualTo(leafByLeaf.root());
        }
        assertThat(completed).containsExactly(new TilePath(1, 0, TilePath.FULL));
    }
}
