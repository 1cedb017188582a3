package aether.archive.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Policies by chance: who was written down is who is counted. */
class QuorumProperties {

    private static final List<CosignerKey> KEYS = IntStream.range(0, 12)
            .mapToObj(i -> Cosigner.ed25519("w/" + i, new byte[] {
                (byte) i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
                27, 28, 29, 30, 31
            }))
            .map(Cosigner::key)
            .toList();

    /** A policy of groups of groups, and the same counted by hand. */
    private record Written(WitnessPolicy policy, Node top) {}

    /** A tree of thresholds; a leaf is a witness. */
    private record Node(String name, int witness, int needed, List<Node> members) {
        boolean holds(Set<Integer> present) {
            return members.isEmpty()
                    ? present.contains(witness)
                    : members.stream().filter(member -> member.holds(present)).count() >= needed;
        }
    }

    private static Written write(int witnesses, Random random) {
        StringBuilder text = new StringBuilder();
        List<Node> free = new ArrayList<>();
        for (int i = 0; i < witnesses; i++) {
            text.append("witness n" + i + " " + KEYS.get(i).vkey() + "\n");
            free.add(new Node("n" + i, i, 0, List.of()));
        }
        for (int group = 0; free.size() > 1; group++) {
            List<Node> members = new ArrayList<>();
            for (int take = 1 + random.nextInt(free.size()); take > 0; take--) {
                members.add(free.remove(random.nextInt(free.size())));
            }
            int needed = 1 + random.nextInt(members.size());
            String word = needed == members.size() && random.nextBoolean()
                    ? "all"
                    : needed == 1 && random.nextBoolean() ? "any" : Integer.toString(needed);
            text.append("group g" + group + " " + word);
            members.forEach(member -> text.append(" ").append(member.name()));
            text.append("\n");
            free.add(new Node("g" + group, -1, needed, List.copyOf(members)));
        }
        text.append("quorum " + free.getFirst().name() + "\n");
        return new Written(WitnessPolicy.parse(text.toString().getBytes(UTF_8)), free.getFirst());
    }

    private static Set<CosignerKey> keys(Set<Integer> present) {
        Set<CosignerKey> keys = new HashSet<>();
        present.forEach(i -> keys.add(KEYS.get(i)));
        return keys;
    }

    private static Set<Integer> some(int witnesses, Random random) {
        Set<Integer> present = new HashSet<>();
        for (int i = 0; i < witnesses; i++) {
            if (random.nextBoolean()) {
                present.add(i);
            }
        }
        return present;
    }

    @Property(tries = 300)
    void isMetByExactlyThoseThatTheLinesSay(@ForAll @IntRange(min = 1, max = 12) int witnesses, @ForAll long seed) {
        Random random = new Random(seed);
        Written written = write(witnesses, random);
        Set<Integer> present = some(witnesses, random);
        assertThat(written.policy().quorum().isMetBy(keys(present)))
                .isEqualTo(written.top().holds(present));
    }

    @Property(tries = 300)
    void oneWitnessMoreNeverSpoilsIt(@ForAll @IntRange(min = 1, max = 12) int witnesses, @ForAll long seed) {
        Random random = new Random(seed);
        Quorum quorum = write(witnesses, random).policy().quorum();
        Set<Integer> present = some(witnesses, random);
        boolean before = quorum.isMetBy(keys(present));
        present.add(random.nextInt(witnesses));
        assertThat(!before || quorum.isMetBy(keys(present))).isTrue();
        assertThat(quorum.isMetBy(keys(Set.of()))).as("nobody is not enough").isFalse();
        assertThat(quorum.isMetBy(new HashSet<>(KEYS))).as("all are").isTrue();
    }
}
