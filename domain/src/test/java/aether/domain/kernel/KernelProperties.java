package aether.domain.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class KernelProperties {

    @Provide
    Arbitrary<Ipv4Block> blocks() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL),
                        Arbitraries.integers().between(0, 32))
                .as((address, prefix) -> new Ipv4Block(address & (-1L << (32 - prefix)) & 0xFFFF_FFFFL, prefix));
    }

    @Provide
    Arbitrary<KubernetesVersion> versions() {
        Arbitrary<Integer> parts = Arbitraries.integers().between(0, 999);
        return Combinators.combine(parts, parts, parts).as(KubernetesVersion::new);
    }

    @Property
    void aBlockIsItsText(@ForAll("blocks") Ipv4Block block) {
        assertThat(Ipv4Block.parse(block.toString())).contains(block);
    }

    @Property
    void onlyOneTextIsABlock(@ForAll String text) {
        Ipv4Block.parse(text).ifPresent(block -> assertThat(block).hasToString(text));
    }

    @Property
    void partsLieInTheirBlockAndApart(
            @ForAll("blocks") Ipv4Block block,
            @ForAll @IntRange(max = 32) int prefix,
            @ForAll @LongRange(min = 0) long a,
            @ForAll @LongRange(min = 0) long b) {
        Assume.that(prefix >= block.prefix());
        long one = a % block.count(prefix);
        long other = b % block.count(prefix);
        Assume.that(one != other);

        assertThat(block.contains(block.part(prefix, one))).isTrue();
        assertThat(block.part(prefix, one).contains(block.part(prefix, other))).isFalse();
    }

    @Property
    void aVersionIsItsText(@ForAll("versions") KubernetesVersion version) {
        assertThat(KubernetesVersion.parse(version.toString())).contains(version);
        assertThat(KubernetesVersion.parse("v" + version)).contains(version);
    }

    @Property
    void versionsMoveForwardOneMinorAtMost(
            @ForAll("versions") KubernetesVersion from, @ForAll("versions") KubernetesVersion to) {
        if (from.mayMoveTo(to)) {
            assertThat(to).isGreaterThan(from);
            assertThat(to.major()).isEqualTo(from.major());
            assertThat(to.minor() - from.minor()).isBetween(0, 1);
        }
    }

    @Property
    void nameBasedIdsKeepTheirPartsApart(@ForAll String one, @ForAll String two) {
        Assume.that(!one.isEmpty() && !two.isEmpty());

        assertThat(NameBasedId.of(one, two)).isEqualTo(NameBasedId.of(one, two));
        assertThat(NameBasedId.of(one, two)).isNotEqualTo(NameBasedId.of(one + two, ""));
        assertThat(NameBasedId.of(one, two)).isNotEqualTo(NameBasedId.of("", one + two));
    }
}
