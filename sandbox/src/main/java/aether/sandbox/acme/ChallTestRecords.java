package aether.sandbox.acme;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * The webhook solver {@link #GROUP}/{@link #NAME}: writes into pebble-challtestsrv, following aliases as
 * {@code cnameStrategy: Follow} does.
 *
 * @param management where challtestsrv is told, an address without a path
 * @param dns host and port where it answers
 */
public record ChallTestRecords(URI management, String dns) implements ChallengeRecords {

    /** As an Issuer names it. */
    public static final String GROUP = "acme.sandbox.aetherplatform.cloud";

    public static final String NAME = "challtestsrv";

    private static final int OK = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public void show(String name, String value) {
        send("/set-txt", "{\"host\":\"%s.\",\"value\":\"%s\"}".formatted(target(name), value));
    }

    @Override
    public void clear(String name) {
        send("/clear-txt", "{\"host\":\"%s.\"}".formatted(target(name)));
    }

    /** Makes a name an alias of another, as a customer would in a zone of the customer's own. */
    public void alias(String name, String target) {
        send("/set-cname", "{\"host\":\"%s.\",\"target\":\"%s.\"}".formatted(name, target));
    }

    /** Lets every question for a name fail, as a zone whose servers are broken does. */
    public void fail(String name) {
        send("/set-servfail", "{\"host\":\"%s.\"}".formatted(name));
    }

    // The DNS provider alone is asked, for a name of DNS labels, and answers with text; JNDI takes no other map.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private String target(String name) {
        try {
            DirContext context = new InitialDirContext(new Hashtable<>(Map.of(
                    Context.INITIAL_CONTEXT_FACTORY,
                    "com.sun.jndi.dns.DnsContextFactory",
                    Context.PROVIDER_URL,
                    "dns://" + dns)));
            try {
                Attribute alias =
                        context.getAttributes(name, new String[] {"CNAME"}).get("CNAME");
                String found = alias == null ? name : String.valueOf(alias.get());
                return found.endsWith(".") ? found.substring(0, found.length() - 1) : found;
            } finally {
                context.close();
            }
        } catch (NamingException none) {
            return name;
        }
    }

    private void send(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(management.resolve(path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new IllegalStateException(
                        "Expected " + path + " to be taken, but got " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException away) {
            throw new IllegalStateException("Expected an answer of " + management + ", but " + away.getMessage(), away);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected an answer of " + management + ", but was stopped", stopping);
        }
    }
}
