package aether.archive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InMemoryWormStoreTest implements WormStoreContract {

    private final FailureSwitch failures = new FailureSwitch();
    private final InMemoryWormStore store = new InMemoryWormStore(failures);

    @Override
    public WormStore store() {
        return store;
    }

    @Test
    void failsBeforeAndAfterItKeeps() {
        failures.failAt(0, FailureSwitch.Moment.BEFORE);
        assertThatThrownBy(() -> store.put("a", new byte[0], UNTIL)).isInstanceOf(IOException.class);
        assertThat(store.get("a")).isEmpty();

        failures.failAt(0, FailureSwitch.Moment.AFTER);
        assertThatThrownBy(() -> store.put("a", new byte[0], UNTIL)).isInstanceOf(IOException.class);
        assertThat(store.get("a")).isPresent();
    }
}
