package aether.archive.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WormFileStoreTest implements WormStoreContract {

    @TempDir
    private Path root;

    private WormFileStore store;
    private LiveFileStore live;

    @BeforeEach
    void open() throws IOException {
        store = new WormFileStore(root);
        live = new LiveFileStore(root);
    }

    @Override
    public WormStore store() {
        return store;
    }

    @Test
    void makesObjectsReadOnlyAndLeavesNothingHalfDone() throws IOException {
        store.put("tile/0/000", "hashes".getBytes(UTF_8), UNTIL);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("tile/0/000"))))
                .isEqualTo("r--r--r--");
        assertThat(root.resolve(".locks/tile/0/000")).content().startsWith("COMPLIANCE\n2033-12-01T00:00:00Z\n");
        try (Stream<Path> temporary = Files.list(root.resolve(".tmp"))) {
            assertThat(temporary).isEmpty();
        }
    }

    @Test
    void locksWhatIsMadeTogetherOnOneSheetPerDirectory() throws IOException {
        SequencedMap<String, byte[]> objects = new LinkedHashMap<>();
        for (String key : new String[] {"tile/0/000", "tile/0/001", "tile/0/002", "tile/1/000"}) {
            objects.put(key, key.getBytes(UTF_8));
        }
        store.putAll(objects, UNTIL);

        assertThat(root.resolve(".locks/tile/0/000~002"))
                .content()
                .hasLineCount(3)
                .startsWith("000 COMPLIANCE 2033-12-");
        assertThat(root.resolve(".locks/tile/1/000")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("tile/0/001"))))
                .isEqualTo("r--r--r--");
        assertThat(new LockRecords(root).withoutObject()).isZero();
        Files.delete(root.resolve("tile/0/001"));
        assertThat(new LockRecords(root).withoutObject()).isOne();
    }

    @Test
    void aSheetThatIsNoneIsAnAlarm() throws IOException {
        store.putAll(new TreeMap<>(Map.of("tile/0/000", new byte[1], "tile/0/001", new byte[1])), UNTIL);
        Path sheet = root.resolve(".locks/tile/0/000~001");
        Files.delete(sheet);
        Files.writeString(sheet, "000 COMPLIANCE\n");

        assertThatThrownBy(() -> store.lock("tile/0/000"))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("with mode, time, hash and a check over them, but it has 1 parts");
    }

    @Test
    void clearsWhatADeadProcessLeft() throws IOException {
        Files.writeString(root.resolve(".tmp/1-1"), "half an obj");

        new WormFileStore(root).put("a", new byte[0], UNTIL);

        try (Stream<Path> temporary = Files.list(root.resolve(".tmp"))) {
            assertThat(temporary).isEmpty();
        }
    }

    /** Locks are made before names, and names in any number before a death. */
    @Test
    void aDeathBetweenTheNamesIsMadeGood() throws IOException {
        SequencedMap<String, byte[]> objects = many();
        for (int made = 0; made < objects.size(); made++) {
            Path archive = root.resolve("made-" + made);
            new WormFileStore(archive).putAll(objects, UNTIL.minusSeconds(1));
            for (String key : objects.sequencedKeySet().stream().skip(made).toList()) {
                Files.delete(archive.resolve(key));
            }
            Files.writeString(archive.resolve(".tmp/1-1"), "half an obj");

            WormFileStore again = new WormFileStore(archive);
            assertThat(again.lock("tile/0/119")).as("made %d", made).isEmpty();
            again.putAll(objects, UNTIL);
            for (String key : objects.keySet()) {
                assertThat(archive.resolve(key)).content().isEqualTo(key);
                assertThat(again.lock(key)).as(key).isPresent();
            }
            assertThat(again.lock("tile/0/119")).map(ObjectLock::until).contains(UNTIL);
            assertThat(archive.resolve(".tmp")).isEmptyDirectory();
        }
    }

    @Test
    void whenOneOfManyCannotBeWrittenNoneAppears() throws IOException {
        Files.delete(root.resolve(".tmp"));
        Files.createFile(root.resolve(".tmp"));

        assertThatThrownBy(() -> store.putAll(many(), UNTIL)).isInstanceOf(IOException.class);

        assertThat(root.resolve("tile")).doesNotExist();
        assertThat(root.resolve(".locks")).doesNotExist();
    }

    private static SequencedMap<String, byte[]> many() {
        SequencedMap<String, byte[]> objects = new LinkedHashMap<>();
        for (int i = 100; i < 100 + 2 * WormFileStore.AT_A_TIME + 4; i++) {
            objects.put("tile/0/" + i, ("tile/0/" + i).getBytes(UTF_8));
        }
        return objects;
    }

    @Test
    void aLockWithoutAnObjectIsNoLockAndIsWrittenAnew() throws IOException {
        Files.createDirectories(root.resolve(".locks/tile/0/000.p"));
        Files.write(
                root.resolve(".locks/tile/0/000.p/3"),
                new ObjectLock("COMPLIANCE", UNTIL.plusSeconds(1), "abc").record("3"));

        assertThat(store.lock("tile/0/000.p/3")).isEmpty();
        live.put("tile/0/000.p/3", "abc".getBytes(UTF_8));
        assertThat(live.get("tile/0/000.p/3")).isPresent();
        live.delete("tile/0/000.p/3");
        store.put("tile/0/000.p/3", "abc".getBytes(UTF_8), UNTIL);
        assertThat(store.lock("tile/0/000.p/3")).map(ObjectLock::until).contains(UNTIL);
    }

    @Test
    void sealsALivePartialInItsPlace() throws IOException {
        live.put("tile/0/000.p/3", "abc".getBytes(UTF_8));
        live.put("tile/0/000.p/4", "abcd".getBytes(UTF_8));

        store.put("tile/0/000.p/3", "abc".getBytes(UTF_8), UNTIL);

        assertThat(live.list("tile/0/000.p/")).containsExactly("tile/0/000.p/4");
        live.delete("tile/0/000.p/3");
        live.put("tile/0/000.p/3", "xyz".getBytes(UTF_8));
        assertThat(root.resolve("tile/0/000.p/3")).hasContent("abc");
        assertThatThrownBy(() -> store.put("tile/0/000.p/4", "other".getBytes(UTF_8), UNTIL))
                .isInstanceOf(TamperAlarm.class);
    }

    @Test
    void overwritesTheCheckpoint() throws IOException {
        live.put("checkpoint", "1".getBytes(UTF_8));
        live.put("checkpoint", "2".getBytes(UTF_8));

        assertThat(live.get("checkpoint"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("2"));
    }
}
