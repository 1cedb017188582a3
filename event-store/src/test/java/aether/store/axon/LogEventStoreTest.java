package aether.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.format.EventMetadata;
import aether.format.StoredEvent;
import aether.store.schema.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogEventStoreTest {

    private TestDatabase database;
    private Bank bank;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.cleared();
        bank = new Bank(database);
    }

    @AfterEach
    void close() {
        bank.close();
    }

    @Test
    void anAggregateLivesInTheLog() {
        bank.send(new Account.Open("account-1"));
        bank.send(new Account.Deposit("account-1", 5, 3));
        bank.cache.removeAll();

        assertThat(bank.send(new Account.Deposit("account-1", 1, 1))).isEqualTo(16);
        assertThat(bank.reader.readStream("account-1", 0))
                .extracting(StoredEvent::type)
                .containsExactly(
                        "account.opened",
                        "account.deposited",
                        "account.deposited",
                        "account.deposited",
                        "account.deposited");
        assertThat(bank.store.lastSequenceNumberFor("account-1")).hasValue(4L);
    }

    @Test
    void aCachedAggregateIsNotReadAgain() {
        bank.send(new Account.Open("account-1"));
        bank.send(new Account.Deposit("account-1", 5, 1));

        assertThat(bank.send(new Account.Deposit("account-1", 5, 1))).isEqualTo(10);
        assertThat(bank.codec.decoded).hasValue(0);
    }

    @Test
    void aStaleCacheSurfacesAsConcurrencyAndTheRetrySucceeds() {
        bank.send(new Account.Open("account-1"));
        try (Bank other = new Bank(database)) {
            other.send(new Account.Deposit("account-1", 5, 2));
        }

        assertThatThrownBy(() -> bank.send(new Account.Deposit("account-1", 1, 1)))
                .isInstanceOf(ConcurrencyException.class)
                .hasMessageContaining("Expected event 1 next in stream account-1, but the log has events up to 2");
        assertThat(bank.send(new Account.Deposit("account-1", 1, 1))).isEqualTo(11);
    }

    @Test
    void creatingTwiceSurfacesAsStreamCreation() {
        bank.send(new Account.Open("account-1"));
        bank.cache.removeAll();

        assertThatThrownBy(() -> bank.send(new Account.Open("account-1")))
                .isInstanceOf(AggregateStreamCreationException.class);
    }

    @Test
    void aRepeatedCommandSurfacesAsDuplicateAndChangesNothing() {
        UUID id = UUID.randomUUID();
        bank.send(new Account.Open("account-1"));
        bank.send(new Account.Deposit("account-1", 5, 2), id);

        assertThatThrownBy(() -> bank.send(new Account.Deposit("account-1", 5, 2), id))
                .isInstanceOfSatisfying(DuplicateCommandException.class, e -> {
                    assertThat(e.commandId()).isEqualTo(id);
                    assertThat(e.position()).isEqualTo(1);
                });
        assertThat(bank.send(new Account.Deposit("account-1", 1, 1))).isEqualTo(11);
        assertThat(bank.reader.head()).isEqualTo(3);
    }

    @Test
    void metadataAndDecisionTimeComeBack() {
        Instant decided = Instant.parse("2026-01-02T03:04:05.678901Z");
        UUID causation = UUID.randomUUID();
        bank.engine.appendEvents(List.of(new GenericDomainEventMessage<>(
                "account",
                "account-9",
                0,
                new Account.Opened("account-9"),
                Map.of(
                        MetadataKeys.ACTOR_TYPE, "worker",
                        MetadataKeys.ACTOR, "pki",
                        MetadataKeys.CAUSATION_ID, causation.toString()),
                UUID.randomUUID().toString(),
                decided)));

        EventMetadata stored =
                bank.codec.decodeMetadata(bank.reader.read(0, 1).getFirst().metadata());
        assertThat(stored.decidedAtMicros()).isEqualTo(1_767_323_045_678_901L);
        assertThat(stored.causationId()).isEqualTo(causation);
        TrackedEventMessage<?> read =
                bank.engine.readEvents(null, false).findFirst().orElseThrow();
        assertThat(read.getTimestamp()).isEqualTo(decided);
        assertThat(read.getMetaData())
                .containsEntry(MetadataKeys.CAUSATION_ID, causation)
                .containsEntry(MetadataKeys.ACTOR, "pki")
                .doesNotContainKey(MetadataKeys.TENANT);
        assertThat(read.getPayload()).isEqualTo(new Account.Opened("account-9"));
    }

    @Test
    void refusesEventsThatNobodyAnswersFor() {
        assertThatThrownBy(() -> bank.engine.appendEvents(
                        List.of(new GenericDomainEventMessage<>("account", "account-1", 0, new Account.Opened("x")))))
                .hasMessageContaining("Expected metadata 'actorType'");
        assertThatThrownBy(() -> bank.engine.appendEvents(List.of(new GenericEventMessage<>(new Account.Opened("x")))))
                .hasMessageContaining("Expected an event of an aggregate");
        assertThat(bank.reader.head()).isEqualTo(-1);
    }

    @Test
    void anAggregateStreamKnowsTypeSequenceAndEnd() {
        bank.send(new Account.Open("account-1"));
        bank.send(new Account.Deposit("account-1", 5, 2));

        DomainEventStream stream = bank.store.readEvents("account-1", 1);
        assertThat(stream.peek().getType()).isEqualTo("account");
        assertThat(stream.asStream().toList()).hasSize(2);
        assertThat(stream.getLastSequenceNumber()).isEqualTo(2);
        assertThat(bank.store.readEvents("account-2").hasNext()).isFalse();
    }
}
