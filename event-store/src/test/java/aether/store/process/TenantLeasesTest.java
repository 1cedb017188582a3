package aether.store.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.store.schema.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TenantLeasesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private TestDatabase database;
    private TenantLeases leases;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.cleared();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.saga().url());
        source.setUser(database.saga().user());
        source.setPassword(database.saga().password());
        leases = new TenantLeases(source);
    }

    @Test
    void oneHolderAtATime() throws SQLException {
        TenantLease first = leases.acquire("t-1", "a", HOUR).orElseThrow();

        assertThat(first.epoch()).isEqualTo(1);
        assertThat(leases.acquire("t-1", "b", HOUR)).isEmpty();
        assertThat(leases.acquire("t-2", "b", HOUR)).isPresent();
        assertThat(leases.release(first)).isTrue();
        assertThat(leases.release(first)).isFalse();
        assertThat(leases.acquire("t-1", "b", HOUR))
                .hasValueSatisfying(second -> assertThat(second.epoch()).isEqualTo(2));
    }

    @Test
    void anExpiredLeasePassesOnAndCannotBeRenewed() throws SQLException {
        TenantLease first = leases.acquire("t-1", "a", HOUR).orElseThrow();
        assertThat(leases.renew(first, HOUR)).hasValueSatisfying(renewed -> {
            assertThat(renewed.epoch()).isEqualTo(1);
            assertThat(renewed.expiresAt()).isAfter(first.expiresAt());
        });
        database.execute("update process.leases set expires_at = clock_timestamp()");

        assertThat(leases.renew(first, HOUR)).isEmpty();
        assertThat(leases.acquire("t-1", "b", HOUR)).isPresent();
        assertThat(leases.renew(first, HOUR)).isEmpty();
        assertThat(leases.release(first)).isFalse();
    }

    @Test
    void aHolderThatComesBackEndsItsFormerLease() throws SQLException {
        TenantLease former = leases.acquire("t-1", "a", HOUR).orElseThrow();
        TenantLease current = leases.acquire("t-1", "a", HOUR).orElseThrow();

        assertThat(current.epoch()).isEqualTo(2);
        assertThat(leases.renew(former, HOUR)).isEmpty();
        assertThat(leases.renew(current, HOUR)).isPresent();
    }

    @Test
    void ofManyWhoAskAtOnceOneGetsIt() throws Exception {
        List<Callable<Optional<TenantLease>>> asking = IntStream.range(0, 16)
                .<Callable<Optional<TenantLease>>>mapToObj(i -> () -> leases.acquire("t-1", "w" + i, HOUR))
                .toList();

        long held = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(8)) {
            for (Future<Optional<TenantLease>> answer : workers.invokeAll(asking)) {
                held += answer.get().isPresent() ? 1 : 0;
            }
        }

        assertThat(held).isEqualTo(1);
    }
}
