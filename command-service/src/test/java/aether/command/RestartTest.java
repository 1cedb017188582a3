package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    private static final int CLIENTS = 4;

    @Test
    @Tag("slow")
    void refusesClearlyOrWaitsWhilePostgresRestartsAndLosesAndDoublesNothing(@TempDir Path directory) throws Exception {
        try (LocalPostgres postgres =
                LocalPostgres.start(PostgresSettings.in(directory).unsupervised())) {
            postgres.createDatabaseIfAbsent("aether");
            try (RunningService service = RunningService.on(
                    postgres.jdbcUrl("aether"),
                    postgres.owner().user(),
                    postgres.owner().password(),
                    Map.of())) {
                Set<String> acknowledged = ConcurrentHashMap.newKeySet();
                Set<Integer> statuses = ConcurrentHashMap.newKeySet();
                AtomicBoolean over = new AtomicBoolean();
                List<Future<?>> clients = new ArrayList<>();
                try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int client = 0; client < CLIENTS; client++) {
                        int number = client;
                        clients.add(executor.submit(
                                () -> register(service, "load-" + number, over, acknowledged, statuses)));
                    }
                    awaitAtLeast(acknowledged, 20);
                    postgres.stop();
                    postgres.restart();
                    awaitAtLeast(acknowledged, acknowledged.size() + 20);
                    over.set(true);
                    for (Future<?> client : clients) {
                        client.get();
                    }
                }

                assertThat(statuses).isSubsetOf(201, 503);
                Set<String> claimed = ConcurrentHashMap.newKeySet();
                service.eventsFrom(0).stream()
                        .filter(event -> event.stream().startsWith("slug-"))
                        .forEach(event -> assertThat(claimed.add(event.stream().substring("slug-".length())))
                                .as(event.stream())
                                .isTrue());
                assertThat(claimed).containsAll(acknowledged);
                assertThat(service.eventsFrom(0)).hasSize((int) service.head() + 1);
            }
        }
    }

    private static void register(
            RunningService service,
            String prefix,
            AtomicBoolean over,
            Set<String> acknowledged,
            Set<Integer> statuses) {
        for (int number = 0; !over.get(); number++) {
            String slug = prefix + "-" + number;
            RunningService.Answer answer;
            do {
                answer = service.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"" + slug + "\"}");
                statuses.add(answer.status());
                if (answer.status() == 503) {
                    assertThat(answer.code()).isEqualTo("log_unavailable");
                    assertThat(answer.response().headers().firstValue("Retry-After"))
                            .isPresent();
                }
            } while (answer.status() == 503);
            acknowledged.add(slug);
        }
    }

    private static void awaitAtLeast(Set<String> acknowledged, int count) throws InterruptedException {
        for (int tries = 0; acknowledged.size() < count && tries < 600; tries++) {
            Thread.sleep(100);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(count);
    }
}
