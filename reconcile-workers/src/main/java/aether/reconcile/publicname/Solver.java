package aether.reconcile.publicname;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How cert-manager writes the records of DNS-01 challenges. */
public sealed interface Solver {

    /** The solver as it stands in an Issuer, below {@code dns01}. */
    Map<String, Object> rendered();

    /**
     * Dynamic updates (RFC 2136), signed (RFC 8945).
     *
     * @param nameserver host and port of the zone's primary
     * @param keyName the TSIG key's name
     * @param algorithm as cert-manager writes it, for example {@code HMACSHA256}
     * @param secret a Secret in cert-manager's own namespace, whose entry {@code key} holds the key's base64 text
     */
    record Rfc2136(String nameserver, String keyName, String algorithm, String secret) implements Solver {
        public Rfc2136 {
            expect("a nameserver", nameserver);
            expect("the name of a TSIG key", keyName);
            expect("the algorithm of the TSIG key", algorithm);
            expect("the Secret of the TSIG key", secret);
        }

        @Override
        public Map<String, Object> rendered() {
            return Map.of(
                    "rfc2136",
                    Map.of(
                            "nameserver",
                            nameserver,
                            "tsigKeyName",
                            keyName,
                            "tsigAlgorithm",
                            algorithm,
                            "tsigSecretSecretRef",
                            Map.of("name", secret, "key", "key")));
        }
    }

    /**
     * Somebody's webhook, as for Cloudflare.
     *
     * @param groupName of the webhook's API
     * @param solverName the solver behind it
     * @param config what it has to be told
     */
    record Webhook(String groupName, String solverName, Map<String, String> config) implements Solver {
        public Webhook {
            expect("the group of the webhook", groupName);
            expect("the solver of the webhook", solverName);
            config = Map.copyOf(new TreeMap<>(config));
        }

        @Override
        public Map<String, Object> rendered() {
            return Map.of("webhook", Map.of("groupName", groupName, "solverName", solverName, "config", config));
        }
    }

    private static void expect(String what, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("Expected " + what + " for public names, but it is missing.");
        }
    }
}
