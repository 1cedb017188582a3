package aether.archive.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What every store of locked objects must do. */
public interface WormStoreContract {

    /** When the locks of these tests end. */
    Instant UNTIL = Instant.parse("2033-12-01T00:00:00Z");

    /** The store that is looked at, empty. */
    WormStore store();

    @Test
    default void keepsWhatItIsGiven() throws IOException {
        store().put("tile/0/000", "hashes".getBytes(UTF_8), UNTIL);

        assertThat(store().get("tile/0/000"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("hashes"));
        assertThat(store().exists("tile/0/000")).isTrue();
        assertThat(store().lock("tile/0/000")).hasValueSatisfying(lock -> {
            assertThat(lock.mode()).isEqualTo("COMPLIANCE");
            assertThat(lock.until()).isEqualTo(UNTIL);
        });
    }

    @Test
    default void knowsNothingOfOtherKeys() throws IOException {
        assertThat(store().get("tile/0/001")).isEmpty();
        assertThat(store().exists("tile/0/001")).isFalse();
        assertThat(store().lock("tile/0/001")).isEmpty();
        assertThat(store().list("seals/")).isEmpty();
    }

    @Test
    default void takesTheSameBytesAgainAndAlarmsOnOthers() throws IOException {
        store().put("seals/1.json", "one".getBytes(UTF_8), UNTIL);
        store().put("seals/1.json", "one".getBytes(UTF_8), UNTIL);

        assertThatThrownBy(() -> store().put("seals/1.json", "two".getBytes(UTF_8), UNTIL))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected seals/1.json");
        assertThat(store().get("seals/1.json"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("one"));
    }

    @Test
    default void keepsManyAtOnceAndTakesThemAgain() throws IOException {
        SequencedMap<String, byte[]> objects = new LinkedHashMap<>();
        for (String key :
                new String[] {"tile/entries/000", "tile/entries/001", "tile/entries/x001/000", "tile/0/000"}) {
            objects.put(key, key.getBytes(UTF_8));
        }
        store().put("tile/entries/001", "tile/entries/001".getBytes(UTF_8), UNTIL);

        store().putAll(objects, UNTIL);
        store().putAll(objects, UNTIL.plusSeconds(1));

        for (String key : objects.keySet()) {
            assertThat(store().get(key))
                    .as(key)
                    .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo(key));
            assertThat(store().lock(key)).as(key).map(ObjectLock::until).contains(UNTIL);
            assertThat(store().lock(key + "9")).as(key).isEmpty();
        }
        objects.put("tile/0/000", "others".getBytes(UTF_8));
        assertThatThrownBy(() -> store().putAll(objects, UNTIL))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected tile/0/000");
        store().extendLock("tile/entries/000", UNTIL.plusSeconds(5));
        assertThat(store().lock("tile/entries/000")).map(ObjectLock::until).contains(UNTIL.plusSeconds(5));
    }

    @Test
    default void listsTheChildrenOfAPrefixInOrder() throws IOException {
        for (String key : new String[] {"seals/3.json", "seals/1.json", "seals/deeper/2.json", "tile/0/000"}) {
            store().put(key, key.getBytes(UTF_8), UNTIL);
        }

        assertThat(store().list("seals/")).containsExactly("seals/1.json", "seals/3.json");
    }

    @Test
    default void movesALockOnlyForward() throws IOException {
        store().put("staged/000/1", new byte[] {1}, UNTIL);

        store().extendLock("staged/000/1", UNTIL.minusSeconds(1));
        assertThat(store().lock("staged/000/1")).map(ObjectLock::until).contains(UNTIL);

        store().extendLock("staged/000/1", UNTIL.plusSeconds(1));
        assertThat(store().lock("staged/000/1")).map(ObjectLock::until).contains(UNTIL.plusSeconds(1));
    }

    @Test
    default void refusesKeysThatLeaveTheArchive() {
        for (String key : new String[] {"../key", "/etc/passwd", ".locks/a", "a/../b", "a//b", "a/", ""}) {
            assertThatThrownBy(() -> store().put(key, new byte[0], UNTIL))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void hasNoWayToDeleteOrOverwrite() {
        assertThat(Arrays.stream(WormStore.class.getMethods()).map(Method::getName))
                .containsExactlyInAnyOrder("put", "putAll", "get", "exists", "list", "lock", "extendLock");
    }
}
