package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.postgres.TestPostgres;
import aether.format.Envelope;
import aether.format.StoredEvent;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogHoldingTest {

    @Test
    void givesTheRootThatASealedLogWouldHaveAndFindsWhatWasChangedBehindItsBack() throws Exception {
        TestPostgres.Database database = TestPostgres.createDatabase();
        try (RunningService service = RunningService.on(
                database.jdbcUrl(), database.owner().user(), database.owner().password(), Map.of())) {
            service.organization();
            service.organization();
            List<byte[]> entries = service.eventsFrom(0).stream()
                    .map(event -> render(service, event))
                    .toList();
            int size = entries.size();
            String root = Base64.getEncoder().encodeToString(root(entries.subList(0, size)));

            assertThat(ask(service, size - 1, true).get("root").asString())
                    .isEqualTo(Base64.getEncoder().encodeToString(root(entries.subList(0, size - 1))));
            var further = ask(service, size, false);
            assertThat(further.get("root").asString()).isEqualTo(root);
            assertThat(further.get("read_from").asString()).isEqualTo(Integer.toString(size - 1));
            assertThat(further.get("count").asString()).isEqualTo(Integer.toString(size));
            assertThat(ask(service, size, true).get("read_from").asString()).isEqualTo("0");
            var tooShort = ask(service, size + 1, false);
            assertThat(tooShort.get("root").asString()).isEmpty();
            assertThat(tooShort.get("head").asString()).isEqualTo(Integer.toString(size - 1));

            execute(database, "update log.events set revision = revision + 1 where position = 1");
            assertThat(ask(service, size, false).get("root").asString())
                    .as("old rows are not read again each hour")
                    .isEqualTo(root);
            assertThat(ask(service, size, true).get("root").asString()).isNotEqualTo(root);

            execute(database, "delete from log.events where position = 1");
            var gap = ask(service, size, true);
            assertThat(gap.get("count").asString()).isEqualTo(Integer.toString(size - 1));
            assertThat(gap.get("root").asString()).isEmpty();
            assertThat(service.get("/internal/v1/log?size=1&anew=true", "admin").status())
                    .isEqualTo(403);
        }
    }

    private static JsonNode ask(RunningService service, long size, boolean anew) {
        RunningService.Answer answer = service.get("/internal/v1/log?size=" + size + "&anew=" + anew, "archiver");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static byte[] render(RunningService service, StoredEvent event) {
        return new Envelope("local", service.codec()).render(event);
    }

    /** RFC 6962 section 2.1, as it is written there. */
    private static byte[] root(List<byte[]> entries) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        if (entries.size() == 1) {
            sha256.update((byte) 0);
            return sha256.digest(entries.getFirst());
        }
        int split = Integer.highestOneBit(entries.size() - 1);
        byte[] left = root(entries.subList(0, split));
        byte[] right = root(entries.subList(split, entries.size()));
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    private static void execute(TestPostgres.Database database, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(),
                        database.owner().user(),
                        database.owner().password());
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(sql);
        }
    }
}
