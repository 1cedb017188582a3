package aether.standalone.show;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Applies a manifest as a customer would and shows, stage by stage, how the tenant comes to life. */
public final class TenantLife {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration RECONNECT = Duration.ofMillis(500);
    private static final String REQUESTED = "cloud.aetherplatform.cluster.requested";
    private static final String RUNNING = "cloud.aetherplatform.cluster.running";
    private static final String FAILED = "cloud.aetherplatform.cluster.failed";

    private final URI api;
    private final String token;
    private final Stages stages;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(ANSWER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** A client of the API at an address. */
    public TenantLife(URI api, String token, Stages stages) {
        this.api = api;
        this.token = token;
        this.stages = stages;
    }

    /**
     * What a manifest asked for.
     *
     * @param position where the log stood when the last document was applied
     */
    public record Applied(String organizationId, String clusterId, String clusterName, long position) {

        private String path() {
            return "/api/v1/organizations/" + organizationId + "/clusters/" + clusterId;
        }
    }

    /** The API said no, or did not answer; the message is a sentence. */
    public static final class NotAlive extends Exception {
        private static final long serialVersionUID = 1L;

        private NotAlive(String sentence) {
            super(sentence);
        }

        /** The sentence. */
        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /** Applies a manifest; a repeat changes nothing. */
    public Applied apply(byte[] manifest, Instant giveUp) throws NotAlive, InterruptedException {
        HttpResponse<String> answer = patiently(
                request("/api/v1/manifests")
                        .header("Content-Type", "application/yaml")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(manifest))
                        .build(),
                giveUp);
        JsonNode body = JSON.readTree(answer.body());
        String organization = "";
        String cluster = "";
        String name = "";
        for (JsonNode item : body.path("items")) {
            switch (item.path("kind").asString()) {
                case "Organization" -> organization = item.path("id").asString();
                case "Cluster" -> {
                    cluster = item.path("id").asString();
                    name = item.path("name").asString();
                }
                default -> {
                    // pools are followed through their cluster
                }
            }
        }
        if (organization.isEmpty() || cluster.isEmpty()) {
            throw new NotAlive("Expected the manifest to name an organization and a cluster, but it did not.");
        }
        return new Applied(
                organization,
                cluster,
                name,
                Long.parseLong(body.path("position").asString()));
    }

    /**
     * Follows the cluster until it runs, showing each stage with the time it took.
     *
     * @throws NotAlive when it failed, or when the time is over
     */
    public void untilRunning(Applied applied, Instant giveUp) throws NotAlive, InterruptedException {
        Progress progress = new Progress(stages, applied.clusterName());
        long seen = -1;
        while (Instant.now().isBefore(giveUp)) {
            HttpRequest request = request(applied.path() + "/events/stream" + (seen < 0 ? "" : "?after=" + seen))
                    .header("Accept", "text/event-stream")
                    .header("Aether-Min-Position", Long.toString(applied.position()))
                    .GET()
                    .build();
            try {
                HttpResponse<Stream<String>> answer = http.send(request, HttpResponse.BodyHandlers.ofLines());
                if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
                    throw new NotAlive("Expected to follow the cluster, but the API answered "
                            + answer.body().findFirst().orElse("status " + answer.statusCode()));
                }
                Iterator<String> line = answer.body().iterator();
                while (line.hasNext() && Instant.now().isBefore(giveUp)) {
                    String text = line.next();
                    if (text.startsWith("data:") && text.contains("\"position\"")) {
                        JsonNode entry = JSON.readTree(text.substring("data:".length()));
                        seen = Long.parseLong(entry.path("position").asString());
                        if (progress.saw(entry)) {
                            return;
                        }
                    }
                }
            } catch (IOException | java.io.UncheckedIOException e) {
                progress.pause();
            }
            Thread.sleep(RECONNECT);
        }
        throw new NotAlive(
                "Expected the cluster to run in time, but it is still waiting for '" + progress.waitingFor() + "'.");
    }

    /** The administrator's kubeconfig; reading it becomes an entry of the audit log. */
    public String kubeconfig(Applied applied, Instant giveUp) throws NotAlive, InterruptedException {
        return patiently(request(applied.path() + "/kubeconfig").GET().build(), giveUp)
                .body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(ANSWER).header("Authorization", "Bearer " + token);
    }

    /** Sends until there is an answer that is not "not now"; every request here may be repeated. */
    private HttpResponse<String> patiently(HttpRequest request, Instant giveUp) throws NotAlive, InterruptedException {
        String trouble = "there was no answer";
        do {
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return answer;
                }
                trouble = sentence(answer);
                if (answer.statusCode() < 500) {
                    throw new NotAlive(trouble);
                }
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
            }
            Thread.sleep(RECONNECT);
        } while (Instant.now().isBefore(giveUp));
        throw new NotAlive("Expected an answer from the API in time, but " + trouble);
    }

    private static String sentence(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).path("error").path("message").asString("status " + answer.statusCode());
        } catch (tools.jackson.core.JacksonException e) {
            return "status " + answer.statusCode();
        }
    }

    /** The stages of one cluster as its events complete them. */
    private static final class Progress {
        private final Stages stages;
        private final String cluster;
        private @Nullable Instant begun;
        private @Nullable Instant previous;
        private String next = "network allocated";

        private Progress(Stages stages, String cluster) {
            this.stages = stages;
            this.cluster = cluster;
        }

        /** Shows what an event means; true when the cluster runs. */
        private boolean saw(JsonNode entry) throws NotAlive {
            Instant time = Instant.parse(entry.path("recorded_time").asString());
            String type = entry.path("type").asString();
            if (type.startsWith(REQUESTED)) {
                begun = time;
                previous = time;
                stages.begun(next);
                return false;
            }
            if (type.startsWith(FAILED)) {
                throw new NotAlive(entry.path("sentence").asString());
            }
            boolean running = type.startsWith(RUNNING);
            String stage = entry.path("stage").asString("");
            if (!stage.isEmpty()) {
                ClusterStages.Shown shown = ClusterStages.of(stage);
                stages.done(shown.done(), since(previous, time));
                previous = time;
                Optional<String> following = shown.next();
                if (following.isPresent() && !running) {
                    next = following.get();
                    stages.begun(next);
                }
            }
            if (running) {
                stages.done("cluster " + cluster + " running", since(begun, time));
            }
            return running;
        }

        private void pause() {
            stages.begun(next);
        }

        private String waitingFor() {
            return next;
        }

        private static Duration since(@Nullable Instant from, Instant to) {
            return from == null ? Duration.ZERO : Duration.between(from, to);
        }
    }
}
