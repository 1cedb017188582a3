package aether.archive.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Changeable objects in memory. */
public final class InMemoryLiveStore implements LiveStore {

    private final FailureSwitch failures;
    private final Map<String, byte[]> objects = new TreeMap<>();

    /** A store whose changes may be made to fail. */
    public InMemoryLiveStore(FailureSwitch failures) {
        this.failures = failures;
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        failures.around(() -> objects.put(ObjectKey.require(key), bytes.clone()));
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(objects.get(ObjectKey.require(key))).map(byte[]::clone);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public void delete(String key) throws IOException {
        failures.around(() -> objects.remove(key));
    }

    /** All objects by their keys. */
    public Map<String, byte[]> objects() {
        return objects;
    }
}
