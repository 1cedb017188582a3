package aether.reconcile.process;

import aether.store.process.ProcessStores;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Where sagas, their token and their deadlines are kept, all in one transaction.
 *
 * @param deadlines the same database for db-scheduler, which then takes part in a running transaction
 */
record SagaStorage(
        SpringTransactionManager transactions,
        SagaStore<Object> sagas,
        TokenStore tokens,
        Serializer serializer,
        DataSource deadlines) {

    /** The segment of a process that died is taken over after this; longer than a command may be waited for. */
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(20);

    /**
     * The storage in a database, as role {@code aether_saga}.
     *
     * @param node this process: another one has another name, and the same keeps it over a restart to take its segment
     *     at once
     */
    static SagaStorage in(DataSource database, String node) {
        ConnectionProvider connections =
                new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(database));
        Serializer serializer = ProcessStores.serializer();
        return new SagaStorage(
                new SpringTransactionManager(new DataSourceTransactionManager(database)),
                new LockingSagaStore(ProcessStores.sagas(connections, serializer), connections),
                ProcessStores.tokens(connections, serializer, node, CLAIM_TIMEOUT),
                serializer,
                new TransactionAwareDataSourceProxy(database));
    }
}
