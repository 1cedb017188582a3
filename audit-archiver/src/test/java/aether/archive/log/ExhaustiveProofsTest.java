package aether.archive.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every proof of every tree up to a size just past half a tile, and every wrong index. */
class ExhaustiveProofsTest {

    private static final int LARGEST = 130;

    private final List<Hash> leaves = IntStream.range(0, LARGEST)
            .mapToObj(i -> MerkleTree.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)))
            .toList();
    private final List<Hash> roots = IntStream.rangeClosed(0, LARGEST)
            .mapToObj(n -> MerkleTree.root(leaves.subList(0, n)))
            .toList();

    @Test
    void everyInclusionProofVerifiesAndOnlyAtItsIndex() {
        int verified = 0;
        int wrong = 0;
        for (int size = 1; size <= LARGEST; size++) {
            ProofBuilder proofs = proofs(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = proofs.inclusion(index);
                verified += proof.proves(leaves.get(index), roots.get(size)) ? 1 : 0;
                for (int other = 0; other < size; other++) {
                    boolean accepted =
                            new InclusionProof(other, size, proof.hashes()).proves(leaves.get(index), roots.get(size));
                    wrong += other != index && accepted ? 1 : 0;
                }
            }
        }
        assertThat(verified).isEqualTo(LARGEST * (LARGEST + 1) / 2);
        assertThat(wrong).isZero();
    }

    @Test
    void everyConsistencyProofVerifiesAndNoneWithAnotherOldRoot() {
        for (int size = 1; size <= LARGEST; size++) {
            for (int old = 1; old <= size; old++) {
                ConsistencyProof proof = proofs(size).consistency(old);
                assertThat(proof.proves(roots.get(old), roots.get(size))).isTrue();
                assertThat(proof.proves(roots.get(old - 1), roots.get(size))).isFalse();
                assertThat(proof.proves(roots.get(old), roots.get(size - 1))).isFalse();
            }
        }
    }

    @Test
    void noProofSurvivesALostOrAnAddedHash() {
        InclusionProof inclusion = proofs(LARGEST).inclusion(77);
        ConsistencyProof consistency = proofs(LARGEST).consistency(77);

        assertThat(new InclusionProof(77, LARGEST, shorter(inclusion.hashes()))
                        .proves(leaves.get(77), roots.get(LARGEST)))
                .isFalse();
        assertThat(new InclusionProof(77, LARGEST, longer(inclusion.hashes()))
                        .proves(leaves.get(77), roots.get(LARGEST)))
                .isFalse();
        assertThat(new ConsistencyProof(77, LARGEST, shorter(consistency.hashes()))
                        .proves(roots.get(77), roots.get(LARGEST)))
                .isFalse();
        assertThat(new ConsistencyProof(77, LARGEST, longer(consistency.hashes()))
                        .proves(roots.get(77), roots.get(LARGEST)))
                .isFalse();
    }

    @Test
    void nothingIsProvenFromTheEmptyTree() {
        assertThat(new ConsistencyProof(0, 5, List.of()).proves(roots.get(0), roots.get(5)))
                .isFalse();
    }

    private ProofBuilder proofs(int size) {
        return new ProofBuilder(tile -> leaves.subList(0, size), size);
    }

    private static List<Hash> shorter(List<Hash> hashes) {
        return hashes.subList(0, hashes.size() - 1);
    }

    private static List<Hash> longer(List<Hash> hashes) {
        List<Hash> longer = new ArrayList<>(hashes);
        longer.add(hashes.getFirst());
        return longer;
    }
}
