package aether.benchmarks;

import aether.store.axon.CoordinatorExecutor;
import aether.store.axon.LogMessageSource;
import aether.store.schema.DatabaseSettings;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongConsumer;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** One of Axon's pooled processors, one segment, as a service would run it. */
final class Processor implements AutoCloseable {

    private static final int BATCH = 1_000;

    private static final long LOOK_MILLIS = 20;

    private final ScheduledExecutorService coordinator = new CoordinatorExecutor("bench");

    private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);

    private final PooledStreamingEventProcessor processor;

    private volatile long handled = -1;

    Processor(LogMessageSource source, TokenStore tokens, LongConsumer positions) {
        processor = PooledStreamingEventProcessor.builder()
                .name("bench")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(List.of(new Handler(this, positions)))
                        .build())
                .messageSource(source)
                .initialToken(from -> from.createTailToken())
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.INSTANCE)
                .coordinatorExecutor(coordinator)
                .workerExecutor(worker)
                .initialSegmentCount(1)
                .batchSize(BATCH)
                .build();
    }

    static HikariDataSource pool(DatabaseSettings database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(4);
        return pool;
    }

    void start() {
        processor.start();
    }

    void awaitHandled(long position) throws InterruptedException {
        while (handled < position) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        processor.shutDown();
        coordinator.shutdownNow();
        worker.shutdownNow();
    }

    private record Handler(Processor processor, LongConsumer positions) {

        @EventHandler
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Axon calls it with everything
        void on(Object event, TrackingToken token) {
            long position = token.position().orElseThrow();
            positions.accept(position);
            processor.handled = position;
        }
    }
}
