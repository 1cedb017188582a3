package aether.standalone.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** The exports of one organization, as the server tells of them. */
final class ExportsApi {

    private static final String JSON = "application/json";

    private final ApiClient api;
    private final String path;

    ExportsApi(ApiClient api, String organization) {
        this.api = api;
        this.path = "/api/v1/organizations/" + encoded(organization) + "/audit-exports";
    }

    JsonNode order(JsonNode order) {
        return api.post(path, JSON, order.toString().getBytes(StandardCharsets.UTF_8));
    }

    JsonNode all() {
        return api.get(path);
    }

    JsonNode show(String id) {
        return api.get(path + "/" + encoded(id));
    }

    /** Fetches the file; answers its SHA-256. */
    String download(String id, Path file) {
        try {
            return api.download(path + "/" + encoded(id) + "/download", file);
        } catch (IOException e) {
            throw CliFailure.failed(
                    "Expected to fetch export %s into %s, but could not: %s".formatted(id, file, e.getMessage()));
        }
    }

    JsonNode delete(String id) {
        return api.delete(path + "/" + encoded(id));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
