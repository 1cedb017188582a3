package aether.archive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // opened before each test
class FileCustodyTest implements CustodyContract {

    @TempDir
    private Path root;

    private WormFileStore store;
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @BeforeEach
    void open() throws IOException {
        store = new WormFileStore(root);
    }

    @Override
    public Custody custody() {
        return new FileCustody(root);
    }

    @Override
    public WormStore kept() {
        return store;
    }

    @Override
    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant time() {
        return now;
    }

    @Test
    void takesALockOffItsSheetAndLeavesTheOthers() throws IOException {
        store.putAll(
                new TreeMap<>(Map.of("tile/0/000", new byte[1], "tile/0/001", new byte[2], "tile/0/002", new byte[3])),
                now);
        custody().remove("tile/0/001", now);

        assertThat(store.lock("tile/0/000")).isPresent();
        assertThat(store.lock("tile/0/002")).isPresent();
        assertThat(new LockRecords(root).withoutObject()).isZero();
        custody().remove("tile/0/000", now);
        custody().remove("tile/0/002", now);
        assertThat(new LockRecords(root).withoutObject()).isZero();
        assertThat(store.list("tile/0/")).isEmpty();
    }

    @Test
    void holdsOnToNothingThatIsNotThere() {
        assertThatThrownBy(() -> custody().hold("tile/0/000")).isInstanceOf(TamperAlarm.class);
    }

    @Test
    void whoComesBesideTheWriterLeavesItsHalfDoneWorkAlone() throws IOException {
        Path half = root.resolve(".tmp/half");
        java.nio.file.Files.writeString(half, "half");
        WormFileStore.beside(root).put("pruned/1", new byte[1], now);
        assertThat(half).exists();
    }
}
