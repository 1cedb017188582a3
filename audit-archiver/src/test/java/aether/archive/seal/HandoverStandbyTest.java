package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.store.FailureSwitch.Moment;
import aether.archive.store.TamperAlarm;
import aether.embedded.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two archivers of one log with their head in a real PostgreSQL, while the key changes. */
class HandoverStandbyTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final RotatingWorld world = new RotatingWorld(3);
    private long nanos;

    private PostgresHeads heads(String instance) {
        return new PostgresHeads(
                new HeadDatabase(
                        database.jdbcUrl(),
                        database.owner().user(),
                        database.owner().password(),
                        instance,
                        LEASE),
                "audit.test/log",
                () -> nanos);
    }

    @Test
    void aStandbyWithOnlyTheOldKeySaysWhatItMissesAndGoesOnOnceItIsThere() throws IOException {
        try (HeadStore active = heads("one").open()) {
            world.grow(world.open(active, 0, null), 300);
            world.open(active, 0, 1);
        }
        PostgresHeads standby = heads("two");
        try (HeadStore held = standby.open()) {
            assertThatThrownBy(() -> world.open(held, 0, null))
                    .isInstanceOf(MissingKey.class)
                    .hasMessageContaining("Expected the key " + world.key(1).vkey());
        }
        try (HeadStore held = standby.open()) {
            Sealer sealer = world.open(held, 0, 1); // somebody has put the next key's file there
            world.grow(sealer, 400);
        }
        world.requireIntact(2, 400);
        assertThat(world.largestSignedWith(0)).isEqualTo(300);
    }

    /** The head speaks of the statement, and the one who set it is taken for dead before the statement is written. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void theStandbyFinishesTheVeryStatement(Moment moment) throws IOException {
        HeadStore dead = heads("one").open();
        Sealer before = world.open(dead, 0, null);
        world.grow(before, 300);
        before.seal(SealWorld.offsets(300));
        PostgresHeads standby = heads("two");
        assertThatThrownBy(standby::open).isInstanceOf(HeldByAnother.class);
        world.failures().failAt(0, moment); // the head in PostgreSQL does not count: the statement is the first
        assertThatThrownBy(() -> world.open(dead, 0, 1)).hasMessageContaining("it was kept");
        world.failures().off();
        assertThatThrownBy(standby::open).isInstanceOf(HeldByAnother.class);
        nanos += LEASE.toNanos();

        if (moment == Moment.BEFORE) {
            try (HeadStore held = standby.open()) {
                assertThatThrownBy(() -> world.open(held, 0, null))
                        .isInstanceOf(TamperAlarm.class)
                        .hasMessageContaining("Has another archiver begun to change the key there?");
            }
        }
        try (HeadStore held = standby.open()) {
            world.grow(world.open(held, 0, 1), 400);
            assertThatThrownBy(() -> world.open(dead, 0, 1)).isInstanceOf(HeldByAnother.class);
            assertThatThrownBy(() -> before.append(SealWorld.entries(300, 301))).isInstanceOf(IOException.class);
        }
        dead.close();
        world.requireIntact(2, 400);
        assertThat(world.largestSignedWith(0)).isEqualTo(300);
    }
}
