package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a Certificate object asks for, with cert-manager's defaults filled in. */
record CertificateSpec(
        String secretName,
        String issuerName,
        String issuerKind,
        boolean isCa,
        String commonName,
        List<String> organizations,
        List<String> dnsNames,
        List<String> ipAddresses,
        List<String> uris,
        List<String> usages,
        KeySpec key,
        Duration duration,
        Duration renewBefore) {

    /** @param rotate whether every issuance makes a new key; cert-manager's default since 1.18 */
    record KeySpec(String algorithm, int size, boolean pkcs8, boolean rotate) {}

    private static final Duration DEFAULT_DURATION = Duration.ofDays(90);
    private static final int DEFAULT_RSA_BITS = 2048;
    private static final int DEFAULT_EC_BITS = 256;
    private static final Pattern DURATION_PART = Pattern.compile("([0-9.]+)(ms|h|m|s)");

    static CertificateSpec of(JsonNode certificate) {
        JsonNode spec = certificate.path("spec");
        boolean isCa = spec.path("isCA").asBoolean(false);
        Duration duration = duration(Json.text(spec, "duration"), DEFAULT_DURATION);
        return new CertificateSpec(
                Json.text(spec, "secretName"),
                Json.text(spec, "issuerRef", "name"),
                textOr(Json.text(spec, "issuerRef", "kind"), "Issuer"),
                isCa,
                Json.text(spec, "commonName"),
                texts(Json.at(spec, "subject", "organizations")),
                texts(spec.path("dnsNames")),
                texts(spec.path("ipAddresses")),
                texts(spec.path("uris")),
                usages(spec, isCa),
                key(spec.path("privateKey")),
                duration,
                renewBefore(spec, duration));
    }

    private static Duration renewBefore(JsonNode spec, Duration duration) {
        Duration third = duration.dividedBy(3);
        if (spec.has("renewBeforePercentage")) {
            return duration.multipliedBy(spec.path("renewBeforePercentage").asLong())
                    .dividedBy(100);
        }
        Duration asked = duration(Json.text(spec, "renewBefore"), third);
        return asked.compareTo(duration) < 0 ? asked : third;
    }

    private static KeySpec key(JsonNode key) {
        String algorithm = textOr(Json.text(key, "algorithm"), "ECDSA").toUpperCase(Locale.ROOT);
        int size = key.path("size").asInt(algorithm.equals("RSA") ? DEFAULT_RSA_BITS : DEFAULT_EC_BITS);
        boolean rotate = !Json.text(key, "rotationPolicy").equals("Never");
        return new KeySpec(algorithm, size, Json.text(key, "encoding").equals("PKCS8"), rotate);
    }

    private static List<String> usages(JsonNode spec, boolean isCa) {
        TreeSet<String> usages = new TreeSet<>(texts(spec.path("usages")));
        if (usages.isEmpty()) {
            usages.addAll(List.of("digital signature", "key encipherment"));
        }
        if (isCa) {
            usages.add("cert sign");
        }
        return List.copyOf(usages);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(value -> value.asString("")).toList();
    }

    private static String textOr(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** Go's notation: {@code 2160h0m0s}. */
    static Duration duration(String text, Duration otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher parts = DURATION_PART.matcher(text);
        double seconds = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            double amount = Double.parseDouble(parts.group(1));
            seconds += switch (parts.group(2)) {
                case "h" -> amount * 3600;
                case "m" -> amount * 60;
                case "ms" -> amount / 1000;
                default -> amount;
            };
            end = parts.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("Expected a duration such as 2160h0m0s, but got " + text);
        }
        return Duration.ofMillis((long) (seconds * 1000));
    }

    /** What is wrong with it, empty when nothing is. */
    String problem() {
        if (secretName.isEmpty() || issuerName.isEmpty()) {
            return "secretName and issuerRef.name are required";
        }
        if (commonName.isEmpty() && dnsNames.isEmpty() && ipAddresses.isEmpty() && uris.isEmpty()) {
            return "at least one of commonName, dnsNames, ipAddresses, uris is required";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return "duration must be at least 1h, but is " + duration;
        }
        return List.of("ECDSA", "RSA").contains(key.algorithm()) ? "" : "the sandbox makes ECDSA and RSA keys only";
    }
}
