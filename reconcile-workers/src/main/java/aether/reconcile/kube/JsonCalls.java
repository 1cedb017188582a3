package aether.reconcile.kube;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests whose bodies are text already, through the client's own connections, credentials and retries. Its typed way
 * would make an object of a tree to make text of it, and of the answer an object to make a tree of it.
 */
final class JsonCalls {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final KubernetesClient client;
    private final String root;

    JsonCalls(KubernetesClient client) {
        this.client = client;
        String url = client.getMasterUrl().toString();
        this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * The object that the server answers with.
     *
     * @param path from the root of the API on, with its query
     * @throws KubernetesClientException when it answers with anything else, or not at all
     */
    ObjectNode send(String method, String path, String contentType, String body) {
        HttpClient http = client.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(root + path)
                .method(method, contentType, body)
                .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS)
                .build();
        HttpResponse<byte[]> answer = answer(http, request);
        if (!answer.isSuccessful()) {
            Status status = status(answer);
            throw new KubernetesClientException(status.getMessage(), status.getCode(), status);
        }
        try {
            return (ObjectNode) MAPPER.readTree(answer.body());
        } catch (JacksonException | ClassCastException e) {
            throw new KubernetesClientException("Expected an object as the answer to " + method + " " + path, e);
        }
    }

    private static HttpResponse<byte[]> answer(HttpClient http, HttpRequest request) {
        try {
            return http.sendAsync(request, byte[].class).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException();
            interrupted.initCause(e);
            throw new KubernetesClientException("Expected an answer, but was interrupted", interrupted);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof KubernetesClientException known
                    ? known.copyAsCause()
                    : new KubernetesClientException(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** What the server says of a refusal; somebody on the way to it may say it in other words. */
    private Status status(HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        Status said = read(text);
        return new StatusBuilder(said == null ? new Status() : said)
                .withCode(answer.code())
                .withMessage(said == null || said.getMessage() == null ? text : said.getMessage())
                .build();
    }

    private @Nullable Status read(String text) {
        try {
            return client.getKubernetesSerialization().unmarshal(text, Status.class);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }
}
