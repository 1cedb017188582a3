package aether.reconcile.process;

import aether.store.process.ProcessStores;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** Keeps sagas in memory in the very form in which the database keeps them. */
final class JsonSagaStore implements SagaStore<Object> {

    private record Row(SerializedObject<byte[]> saga, Set<AssociationValue> associations) {}

    private final Serializer serializer = ProcessStores.serializer();
    private final TreeMap<String, Row> rows = new TreeMap<>();

    /** The sagas' JSON, in no particular order of their making. */
    java.util.List<String> bodies() {
        return rows.values().stream()
                .map(row -> row.saga().getType().getName() + " "
                        + new String(row.saga().getData(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue value) {
        Set<String> found = new HashSet<>();
        rows.forEach((id, row) -> {
            if (row.associations().contains(value)
                    && row.saga().getType().getName().equals(sagaType.getName())) {
                found.add(id);
            }
        });
        return found;
    }

    @Override
    public <S> @Nullable Entry<S> loadSaga(Class<S> sagaType, String id) {
        Row row = rows.get(id);
        if (row == null) {
            return null;
        }
        S saga = serializer.deserialize(new SimpleSerializedObject<>(
                row.saga().getData(), byte[].class, row.saga().getType()));
        return new Entry<>() {
            @Override
            public Set<AssociationValue> associationValues() {
                return row.associations();
            }

            @Override
            public S saga() {
                return saga;
            }
        };
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String id, Set<AssociationValue> values) {
        rows.remove(id);
    }

    @Override
    public void insertSaga(Class<?> sagaType, String id, Object saga, Set<AssociationValue> values) {
        rows.put(id, new Row(serializer.serialize(saga, byte[].class), Set.copyOf(values)));
    }

    @Override
    public void updateSaga(Class<?> sagaType, String id, Object saga, AssociationValues values) {
        rows.put(id, new Row(serializer.serialize(saga, byte[].class), Set.copyOf(values.asSet())));
    }
}
