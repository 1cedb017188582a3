package aether.reconcile;

import aether.reconcile.publicname.PublicNames;
import aether.reconcile.publicname.Solver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tenants' APIs get names that everybody trusts; see {@link PublicNames}.
 *
 * @param baseDomain below which names are given
 * @param server the ACME directory; Let's Encrypt's when it is not said
 * @param email whom the authority writes to
 * @param caFile what the directory's own certificate is checked against, PEM; the system's when absent
 * @param resolver host and port of the resolver that is asked for customers' aliases; the system's when it is not said
 * @param rfc2136 dynamic updates; this or the webhook
 * @param webhook a webhook of somebody's; this or the updates
 */
public record PublicNaming(
        String baseDomain,

        @DefaultValue("https://acme-v02.api.letsencrypt.org/directory")
        URI server,

        @DefaultValue("") String email,
        @Nullable Path caFile,
        @DefaultValue("") String resolver,
        Solver.@Nullable Rfc2136 rfc2136,
        @Nullable Webhook webhook) {

    /** See {@link Solver.Webhook}. */
    public record Webhook(
            String groupName,
            String solverName,
            @DefaultValue Map<String, String> config) {
        Solver solver() {
            return new Solver.Webhook(groupName, solverName, config);
        }
    }

    public PublicNaming {
        if (baseDomain == null || baseDomain.isEmpty()) {
            throw new IllegalArgumentException("Expected aether.workers.public-names.base-domain, but it is missing.");
        }
        if ((rfc2136 == null) == (webhook == null)) {
            throw new IllegalArgumentException("Expected one of aether.workers.public-names.rfc2136 and"
                    + " aether.workers.public-names.webhook, but got " + (rfc2136 == null ? "none." : "both."));
        }
    }

    PublicNames names() {
        Webhook asked = webhook;
        Solver solver = asked == null ? rfc2136 : asked.solver();
        if (solver == null) {
            throw new IllegalStateException("Expected a solver, but the settings have none.");
        }
        return new PublicNames(baseDomain, server, email, caFile == null ? "" : base64(caFile), solver);
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("Expected to read " + file + ", but could not", e);
        }
    }
}
