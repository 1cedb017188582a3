package aether.reconcile.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterId;
import aether.embedded.postgres.TestPostgres;
import aether.reconcile.loop.OutsideFailure;
import aether.store.process.TenantLeases;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredLeasesTest {

    private static final ClusterId TENANT = new ClusterId(new UUID(2, 2));

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;

    @BeforeEach
    void migrate() throws SQLException {
        LogSchema.migrate(
                new DatabaseSettings(
                        database.jdbcUrl(),
                        database.owner().user(),
                        database.owner().password()),
                new RolePasswords("a-secret", "r-secret", "s-secret"));
    }

    private StoredLeases of(String holder) {
        return new StoredLeases(new TenantLeases(database.dataSource()), holder, clock);
    }

    @Test
    void aHolderKeepsItsEpochWhileItRenews() {
        StoredLeases leases = of("one");

        assertThat(leases.epoch(TENANT)).isEqualTo(1);
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(45)));
        assertThat(leases.epoch(TENANT)).isEqualTo(1);
    }

    @Test
    void anotherHolderIsTurnedAwayUntilTheTenantIsGivenBack() {
        StoredLeases one = of("one");
        StoredLeases two = of("two");
        assertThat(one.epoch(TENANT)).isEqualTo(1);

        assertThatThrownBy(() -> two.epoch(TENANT))
                .isInstanceOfSatisfying(
                        OutsideFailure.class, e -> assertThat(e.kind()).isEqualTo(OutsideFailure.Kind.LEASE_LOST));
        one.close();

        assertThat(two.epoch(TENANT)).isEqualTo(2);
    }

    @Test
    void aProcessThatCameBackDoesNotWaitForItselfAndWorksUnderANewEpoch() {
        assertThat(of("one").epoch(TENANT)).isEqualTo(1);

        assertThat(of("one").epoch(TENANT)).isEqualTo(2);
    }

    @Test
    void aLeaseThatTurnedOutToBeOverIsTakenAnew() {
        StoredLeases leases = of("one");
        assertThat(leases.epoch(TENANT)).isEqualTo(1);

        leases.forget(TENANT);

        assertThat(leases.epoch(TENANT)).isEqualTo(2);
    }
}
