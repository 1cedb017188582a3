package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.TilePath;
import aether.archive.store.FailureSwitch.Moment;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A backlog of many bundles goes into the log at once; however it is cut, the log is the same. */
class ManyBundlesProperties {

    static final int MOST = 5 * TilePath.FULL;

    @Property(tries = 60)
    void theCutsOfABacklogLeaveNoTrace(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = MOST) Integer> cuts) throws IOException {
        SealWorld world = new SealWorld();
        Sealer sealer = world.open();
        for (int cut : cuts) {
            sealer.append(SealWorld.entries(sealer.size(), sealer.size() + cut));
        }
        sealer.seal(SealWorld.offsets(sealer.size()));

        world.requireIntact(cuts.stream().mapToInt(Integer::intValue).sum());
    }

    @Property(tries = 150)
    void dyingAmongManyBundlesLosesNoneAndMovesNone(
            @ForAll @IntRange(min = 0, max = 300) int before,
            @ForAll @IntRange(min = 1, max = MOST) int backlog,
            @ForAll @IntRange(min = 0, max = 14) int death,
            @ForAll Moment moment,
            @ForAll @IntRange(min = 1, max = MOST) int nextCut)
            throws IOException {
        SealWorld world = new SealWorld();
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, before));
        world.failures.failAt(death, moment);
        long size = before + (long) backlog;
        try {
            sealer.append(SealWorld.entries(before, size));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("it was kept");
        }
        world.failures.off();

        Sealer again = world.open();
        assertThat(again.size()).isBetween((long) before, size);
        while (again.size() < size) {
            again.append(SealWorld.entries(again.size(), Math.min(size, again.size() + nextCut)));
        }
        again.seal(SealWorld.offsets(size));
        world.requireIntact(size);
    }
}
