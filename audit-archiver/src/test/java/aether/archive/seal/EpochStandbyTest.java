package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Signer;
import aether.archive.store.FailureSwitch.Moment;
import aether.archive.store.TamperAlarm;
import aether.embedded.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two archivers of one log with their head in a real PostgreSQL, while a new epoch begins. */
class EpochStandbyTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final EpochWorld world;
    private long nanos;

    EpochStandbyTest() throws IOException {
        world = new EpochWorld();
    }

    private PostgresHeads heads(String instance) {
        return new PostgresHeads(
                new HeadDatabase(
                        database.jdbcUrl(),
                        database.owner().user(),
                        database.owner().password(),
                        instance,
                        LEASE),
                EpochWorld.LOG,
                () -> nanos);
    }

    private Sealer open(HeadStore head, Signer signer) throws IOException {
        return world.open(head, SigningKeys.of(signer), List.of());
    }

    /** One that was taken for dead still has the old key when the other one begins the new epoch. */
    @Test
    void theOneThatWasOnlySlowSignsNothingAnyMore() throws IOException {
        HeadStore slow = heads("one").open();
        Sealer before = open(slow, world.old);
        PostgresHeads standby = heads("two");
        assertThatThrownBy(standby::open).isInstanceOf(HeldByAnother.class);
        nanos += LEASE.toNanos();
        world.byOldKey().clear();

        try (HeadStore held = standby.open()) {
            world.grow(world.begin(held, world.next()), 330);

            assertThatThrownBy(before::publish).isInstanceOf(HeldByAnother.class);
            assertThatThrownBy(() -> before.append(SealWorld.entries(310, 311))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> open(slow, world.old)).isInstanceOf(IOException.class);
        }
        slow.close();
        try (HeadStore held = heads("one").open()) {
            assertThatThrownBy(() -> open(held, world.old)).isInstanceOf(MissingKey.class);
            world.grow(open(held, world.young), 340); // the new key was put there
        }
        assertThat(world.byOldKey()).isEmpty();
        world.requireIntact(340);
    }

    /** The head speaks of the base, and the one who set it dies before, or just after, it is written. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void whoTakesOverBeginsTheVeryEpoch(Moment moment) throws IOException {
        world.byOldKey().clear();
        HeadStore dead = heads("one").open();
        // The head in PostgreSQL does not count; what is staged is put once more, and then comes the base.
        world.failures().failAt(1, moment);
        assertThatThrownBy(() -> world.begin(dead, world.next())).hasMessageContaining("it was kept");
        world.failures().off();
        PostgresHeads standby = heads("two");
        assertThatThrownBy(standby::open).isInstanceOf(HeldByAnother.class);
        nanos += LEASE.toNanos();

        try (HeadStore held = standby.open()) {
            if (moment == Moment.BEFORE) {
                assertThatThrownBy(() -> open(held, world.old)).isInstanceOf(TamperAlarm.class);
            } else {
                assertThatThrownBy(() -> open(held, world.old)).isInstanceOf(MissingKey.class);
            }
        }
        try (HeadStore held = standby.open()) {
            world.grow(world.begin(held, world.next()), 330);
            assertThatThrownBy(() -> world.begin(dead, world.next())).isInstanceOf(IOException.class);
        }
        dead.close();
        assertThat(world.byOldKey()).isEmpty();
        world.requireIntact(330);
    }
}
