package aether.archive.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.store.TamperAlarm;
import aether.archive.store.WormStore;
import aether.archive.store.WormStoreContract;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

@Tag("slow")
@SuppressWarnings("NullAway.Init") // opened before each test
class S3WormStoreTest implements WormStoreContract {

    private S3Location location;
    private S3Connection connection;
    private S3WormStore store;

    @BeforeEach
    void open() throws IOException {
        location = TestCeph.createBuckets();
        connection = TestCeph.connect(location);
        store = new S3WormStore(connection, location);
    }

    @AfterEach
    void close() {
        if (connection != null) { // a skipped test has none
            connection.close();
        }
    }

    @Override
    public WormStore store() {
        return store;
    }

    @Test
    void whatIsLockedCannotBeDeletedByTheWriter() throws IOException {
        store.put("tile/0/000", "hashes".getBytes(UTF_8), UNTIL);
        String version = new S3Versions(connection, location.bucket())
                .of("tile/0/000")
                .getFirst()
                .versionId();

        assertThatThrownBy(() -> connection.ask(
                        "delete",
                        s3 -> s3.deleteObject(request -> request.bucket(location.bucket())
                                .key("tile/0/000")
                                .versionId(version))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403");
    }

    @Test
    void aDeleteMarkerIsAnAlarm() throws IOException {
        store.put("tile/0/000", "hashes".getBytes(UTF_8), UNTIL);
        connection.ask(
                "hide",
                s3 -> s3.deleteObject(
                        request -> request.bucket(location.bucket()).key("tile/0/000")));

        assertThatThrownBy(() -> store.get("tile/0/000"))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("without a delete marker");
        assertThat(store.list("tile/0/")).containsExactly("tile/0/000");
    }

    @Test
    void aSecondVersionWithOtherBytesIsAnAlarmAndIsNeverRead() throws IOException {
        store.put("tile/0/000", "hashes".getBytes(UTF_8), UNTIL);
        overwrite("tile/0/000", "forged");

        assertThat(store.get("tile/0/000"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("hashes"));
        assertThatThrownBy(() -> store.put("tile/0/000", "hashes".getBytes(UTF_8), UNTIL))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected tile/0/000 to hold the 6 bytes");
    }

    @Test
    void anObjectThatSomebodyPutWithoutALockIsAnAlarm() {
        assertThatThrownBy(() -> {
                    overwrite("tile/0/000", "hashes");
                    store.put("tile/0/000", "hashes".getBytes(UTF_8), UNTIL);
                })
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("has no lock");
    }

    @Test
    void keepsMoreThanItPutsAtATime() throws IOException {
        SequencedMap<String, byte[]> objects = new LinkedHashMap<>();
        for (int i = 100; i < 100 + 5 * S3WormStore.AT_A_TIME; i++) {
            objects.put("tile/entries/" + i, ("bundle " + i).getBytes(UTF_8));
        }
        store.putAll(objects, UNTIL);

        assertThat(store.list("tile/entries/")).containsExactlyElementsOf(objects.keySet());
    }

    @Test
    void theCheckpointIsOverwrittenInTheLiveBucket() throws IOException {
        S3LiveStore live = new S3LiveStore(connection, location);
        assertThat(live.get("checkpoint")).isEmpty();
        live.put("checkpoint", "1".getBytes(UTF_8));
        live.put("checkpoint", "2".getBytes(UTF_8));
        live.put("tile/0/000.p/3", "abc".getBytes(UTF_8));

        assertThat(live.get("checkpoint"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("2"));
        assertThat(live.list("tile/0/000.p/")).containsExactly("tile/0/000.p/3");
        live.delete("tile/0/000.p/3");
        assertThat(live.list("tile/0/000.p/")).isEmpty();
        assertThat(store.list("tile/0/000.p/")).isEmpty();
    }

    private void overwrite(String key, String text) throws IOException {
        connection.ask(
                "overwrite",
                s3 -> s3.putObject(
                        request -> request.bucket(location.bucket()).key(key), RequestBody.fromString(text)));
    }
}
