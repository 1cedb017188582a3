package aether.store.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.store.schema.TestDatabase;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValuesImpl;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ProcessStoresTest {

    private static final AssociationValue TENANT = new AssociationValue("tenant", "t-1");

    private TestDatabase database;
    private PGSimpleDataSource source;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.cleared();
        source = new PGSimpleDataSource();
        source.setUrl(database.saga().url());
        source.setUser(database.saga().user());
        source.setPassword(database.saga().password());
    }

    @Test
    void aSagaIsFoundByItsAssociationsAndKeptAsJson() throws SQLException {
        JdbcSagaStore store = ProcessStores.sagas(source::getConnection, ProcessStores.serializer());
        store.insertSaga(Journey.class, "s-1", new Journey("booked", 3), Set.of(TENANT));

        assertThat(store.findSagas(Journey.class, TENANT)).containsExactly("s-1");
        SagaStore.Entry<Journey> loaded = store.loadSaga(Journey.class, "s-1");
        assertThat(loaded.saga().state).isEqualTo("booked");
        assertThat(loaded.associationValues()).containsExactly(TENANT);
        assertThat(database.number(
                        "select count(*) from process.sagas where convert_from(body, 'UTF8') like ?",
                        "{%\"state\":\"booked\"%}"))
                .isEqualTo(1);

        AssociationValuesImpl values = new AssociationValuesImpl(Set.of(TENANT));
        values.add(new AssociationValue("machine", "m-1"));
        values.remove(TENANT);
        store.updateSaga(Journey.class, "s-1", new Journey("under way", 4), values);
        assertThat(store.findSagas(Journey.class, TENANT)).isEmpty();
        assertThat(store.loadSaga(Journey.class, "s-1").saga().position).isEqualTo(4);

        store.deleteSaga(Journey.class, "s-1", new HashSet<>());
        assertThat(store.<Journey>loadSaga(Journey.class, "s-1")).isNull();
        assertThat(database.number("select count(*) from process.saga_associations"))
                .isZero();
    }

    @Test
    void aSegmentBelongsToOneNode() {
        JdbcTokenStore here = tokens("here");
        JdbcTokenStore there = tokens("there");
        here.initializeTokenSegments("p", 2, null);

        assertThat(here.fetchToken("p", 0)).isNull();
        here.storeToken(new GlobalSequenceTrackingToken(41), "p", 0);
        assertThatThrownBy(() -> there.fetchToken("p", 0)).isInstanceOf(UnableToClaimTokenException.class);
        here.releaseClaim("p", 0);
        assertThat(there.fetchToken("p", 0)).isEqualTo(new GlobalSequenceTrackingToken(41));
        assertThat(there.fetchSegments("p")).containsExactly(0, 1);
        assertThat(there.retrieveStorageIdentifier()).isPresent();
    }

    @Test
    void aDeadlineIsKeptAndRuns() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        OneTimeTask<Void> deadline = Tasks.oneTime("deadline").execute((instance, context) -> ran.countDown());
        Scheduler scheduler = Scheduler.create(source, deadline)
                .tableName(ProcessStores.SCHEDULED_TASKS)
                .pollingInterval(Duration.ofMillis(50))
                .threads(1)
                .enablePriority()
                .build();

        boolean scheduled = scheduler.scheduleIfNotExists(deadline.instance("t-1"), Instant.EPOCH);
        assertThat(scheduled).isTrue();
        assertThat(scheduler.scheduleIfNotExists(deadline.instance("t-1"), Instant.EPOCH))
                .isFalse();
        scheduler.start();
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        scheduler.stop();
    }

    @Test
    void everyLookupHasAnIndex() throws SQLException {
        for (String query : new String[] {
            "select saga_id from process.saga_associations where association_key = 'k' and association_value = 'v'"
                    + " and saga_type = 't'",
            "select association_key from process.saga_associations where saga_id = 's' and saga_type = 't'",
            "select body from process.sagas where saga_id = 's'",
            "select token from process.tokens where processor_name = 'p' and segment = 0",
            "select * from process.scheduled_tasks where execution_time < now()",
        }) {
            assertThat(database.plan(query))
                    .as(query)
                    .doesNotContain("Seq Scan")
                    .contains("Index");
        }
    }

    private JdbcTokenStore tokens(String node) {
        return ProcessStores.tokens(source::getConnection, ProcessStores.serializer(), node, Duration.ofMinutes(1));
    }

    static final class Journey {

        private String state = "";
        private long position;

        Journey() {}

        Journey(String state, long position) {
            this.state = state;
            this.position = position;
        }
    }
}
