package aether.reconcile.process;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.SagaStorageException;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from working on one saga at once: a deadline may pass in a process that does not run the events.
 * The lock is taken before the saga is read and ends with the transaction; inside one process Axon locks by itself.
 */
final class LockingSagaStore implements SagaStore<Object> {

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

    private final SagaStore<Object> store;
    private final ConnectionProvider connections;

    LockingSagaStore(SagaStore<Object> store, ConnectionProvider connections) {
        this.store = store;
        this.connections = connections;
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue associationValue) {
        return store.findSagas(sagaType, associationValue);
    }

    @Override
    public <S> @Nullable Entry<S> loadSaga(Class<S> sagaType, String sagaIdentifier) {
        lock(sagaIdentifier);
        return store.loadSaga(sagaType, sagaIdentifier);
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String sagaIdentifier, Set<AssociationValue> associationValues) {
        store.deleteSaga(sagaType, sagaIdentifier, associationValues);
    }

    @Override
    public void insertSaga(
            Class<?> sagaType, String sagaIdentifier, Object saga, Set<AssociationValue> associationValues) {
        store.insertSaga(sagaType, sagaIdentifier, saga, associationValues);
    }

    @Override
    public void updateSaga(Class<?> sagaType, String sagaIdentifier, Object saga, AssociationValues associationValues) {
        store.updateSaga(sagaType, sagaIdentifier, saga, associationValues);
    }

    private void lock(String sagaIdentifier) {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, sagaIdentifier);
            statement.execute();
        } catch (SQLException e) {
            throw new SagaStorageException("Expected to lock saga " + sagaIdentifier + ", but " + e.getMessage(), e);
        }
    }
}
