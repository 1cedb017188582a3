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
        Renewal renewal) {

    /** @param rotate whether every issuance makes a new key; cert-manager's default since 1.18 */
    record KeySpec(String algorithm, int size, boolean pkcs8, boolean rotate) {}

    private static final Duration DEFAULT_DURATION = Duration.ofDays(90);
    private static final Duration DURATION_MIN = Duration.ofHours(1);
    private static final Duration RENEW_BEFORE_MIN = Duration.ofMinutes(5);
    /** RFC 5280, upper bounds. */
    private static final int COMMON_NAME_MAX = 64;

    private static final int DEFAULT_RSA_BITS = 2048;
    private static final int DEFAULT_EC_BITS = 256;
    private static final Pattern DURATION_PART = Pattern.compile("([0-9.]+)(ms|h|m|s)");

    static CertificateSpec of(JsonNode certificate, CertManagerVersion version) {
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
                key(spec.path("privateKey"), version),
                duration,
                new Renewal(
                        duration(Json.text(spec, "renewBefore"), Duration.ZERO),
                        spec.path("renewBeforePercentage").asLong(0),
                        Json.text(spec, "renewal", "policy").equals("Disabled")));
    }

    private static KeySpec key(JsonNode key, CertManagerVersion version) {
        String algorithm = textOr(Json.text(key, "algorithm"), "RSA").toUpperCase(Locale.ROOT);
        int size = key.path("size").asInt(algorithm.equals("RSA") ? DEFAULT_RSA_BITS : DEFAULT_EC_BITS);
        String policy = Json.text(key, "rotationPolicy");
        boolean rotate = policy.isEmpty() ? version.rotatesByDefault() : policy.equals("Always");
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

    /** What cert-manager's webhook finds wrong with it; empty when nothing is. */
    String problem() {
        if (secretName.isEmpty()) {
            return "spec.secretName: Required value: must be specified";
        }
        if (issuerName.isEmpty()) {
            return "spec.issuerRef.name: Required value: must be specified";
        }
        if (commonName.isEmpty() && dnsNames.isEmpty() && ipAddresses.isEmpty() && uris.isEmpty()) {
            return "spec: Invalid value: at least one of commonName, dnsNames, ipAddresses or uriSANs must be set";
        }
        if (commonName.length() > COMMON_NAME_MAX) {
            return "spec.commonName: Too long: may not be more than " + COMMON_NAME_MAX + " bytes";
        }
        if (duration.compareTo(DURATION_MIN) < 0) {
            return "spec.duration: Invalid value: certificate duration must be greater than " + DURATION_MIN;
        }
        String renewing = renewalProblem();
        if (!renewing.isEmpty()) {
            return renewing;
        }
        return List.of("ECDSA", "RSA").contains(key.algorithm()) ? "" : "the sandbox makes ECDSA and RSA keys only";
    }

    private String renewalProblem() {
        if (renewal.before().isPositive() && renewal.percentage() > 0) {
            return "spec.renewBefore: Invalid value: renewBefore and renewBeforePercentage are mutually exclusive";
        }
        if (renewal.before().isPositive() && renewal.before().compareTo(RENEW_BEFORE_MIN) < 0) {
            return "spec.renewBefore: Invalid value: certificate renewBefore must be greater than " + RENEW_BEFORE_MIN;
        }
        return renewal.before().compareTo(duration) < 0
                ? ""
                : "spec.renewBefore: Invalid value: certificate duration must be greater than renewBefore";
    }
}
