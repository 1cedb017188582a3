package aether.store.axon;

import static org.assertj.core.api.Assertions.assertThat;

import aether.store.schema.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogMessageSourceTest {

    private static final int SECONDS = 30;

    /** Axon keeps 1,024 events for a segment, and its worker has a batch of 100 in hand. */
    private static final int MORE_THAN_A_BUFFER = 2_000;

    private Bank bank;

    @BeforeEach
    void open() throws SQLException {
        bank = new Bank(TestDatabase.cleared());
    }

    @AfterEach
    void close() {
        bank.close();
    }

    @Test
    void streamsFromATokenInOrderAndDecodesLazily() throws InterruptedException {
        bank.send(new Account.Open("account-1"));
        bank.send(new Account.Deposit("account-1", 1, 3));

        try (TrackingEventStream stream = bank.source.openStream(new GlobalSequenceTrackingToken(1))) {
            assertThat(stream.hasNextAvailable()).isTrue();
            TrackedEventMessage<?> message = stream.nextAvailable();
            assertThat(message.trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
            assertThat(bank.codec.decoded).hasValue(0);
            assertThat(message.getPayload()).isEqualTo(new Account.Deposited("account-1", 1));
            assertThat(message.getPayload()).isNotNull();
            assertThat(bank.codec.decoded).hasValue(1);
            assertThat(stream.nextAvailable().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(3));
            assertThat(stream.hasNextAvailable()).isFalse();
            assertThat(stream.peek()).isEmpty();
            bank.send(new Account.Deposit("account-1", 1, 1));
            assertThat(stream.hasNextAvailable(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void tokensMarkTailHeadAndTime() {
        assertThat(bank.source.createTailToken()).isNull();
        assertThat(bank.source.createHeadToken()).isNull();
        bank.send(new Account.Open("account-1"));

        assertThat(bank.source.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(bank.source.createTokenAt(Instant.EPOCH)).isNull();
        assertThat(bank.source.createTokenAt(Instant.parse("2999-01-01T00:00:00Z")))
                .isEqualTo(new GlobalSequenceTrackingToken(0));
    }

    @Test
    void aPooledProcessorIsWokenByAppends() throws InterruptedException {
        BlockingQueue<TrackingToken> seen = new LinkedBlockingQueue<>();
        Object handler = new Deposits(seen);
        try (ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(1);
                ScheduledExecutorService workers = Executors.newScheduledThreadPool(1)) {
            PooledStreamingEventProcessor processor = processor(handler, coordinator, workers);
            processor.start();
            bank.send(new Account.Open("account-1"));
            for (int i = 1; i <= 20; i++) {
                bank.send(new Account.Deposit("account-1", 1, 1));
                assertThat(seen.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(new GlobalSequenceTrackingToken(i));
            }
            processor.shutDown();
        }
    }

    @Test
    void aFullBufferIsLookedAtAgainAtOnceAndNotAfterAxonsPause() throws InterruptedException {
        BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
        BlockingQueue<Long> given = new LinkedBlockingQueue<>();
        BlockingQueue<TrackingToken> seen = new LinkedBlockingQueue<>();
        CountDownLatch full = new CountDownLatch(1);
        Object handler = new Blocked(full, seen);
        try (CoordinatorExecutor coordinator = new CoordinatorExecutor("test") {
                    @Override
                    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                        ScheduledFuture<?> scheduled = super.schedule(command, delay, unit);
                        if (unit.toMillis(delay) == NO_ROOM_MILLIS) {
                            given.add(scheduled.getDelay(TimeUnit.MILLISECONDS));
                            full.countDown();
                        }
                        asked.add(unit.toMillis(delay));
                        return scheduled;
                    }
                };
                ScheduledExecutorService workers = Executors.newScheduledThreadPool(1)) {
            PooledStreamingEventProcessor processor = processor(handler, coordinator, workers);
            bank.send(new Account.Open("account-1"));
            bank.send(new Account.Deposit("account-1", 1, MORE_THAN_A_BUFFER / 2));
            bank.send(new Account.Deposit("account-1", 1, MORE_THAN_A_BUFFER / 2));
            processor.start();
            for (int i = 1; i <= MORE_THAN_A_BUFFER; i++) {
                assertThat(seen.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(new GlobalSequenceTrackingToken(i));
            }
            processor.shutDown();
        }
        assertThat(given).as("what Axon asked for, in ms: %s", asked).isNotEmpty();
        assertThat(given).allMatch(millis -> millis <= 1);
    }

    private PooledStreamingEventProcessor processor(
            Object handler, ScheduledExecutorService coordinator, ScheduledExecutorService workers) {
        return PooledStreamingEventProcessor.builder()
                .name("test")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(List.of(handler))
                        .build())
                .messageSource(bank.source)
                .initialToken(source -> source.createTailToken())
                .tokenStore(new InMemoryTokenStore())
                .transactionManager(NoTransactionManager.INSTANCE)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers)
                .initialSegmentCount(1)
                .batchSize(100)
                .build();
    }

    private record Deposits(BlockingQueue<TrackingToken> seen) {

        @EventHandler
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Axon calls it, by the event's type
        void on(Account.Deposited event, TrackingToken token) {
            seen.add(token);
        }
    }

    /** Lets nothing through until the buffer before it is full. */
    private record Blocked(CountDownLatch full, BlockingQueue<TrackingToken> seen) {

        @EventHandler
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Axon calls it, by the event's type
        void on(Account.Deposited event, TrackingToken token) throws InterruptedException {
            full.await(SECONDS, TimeUnit.SECONDS);
            seen.add(token);
        }
    }
}
