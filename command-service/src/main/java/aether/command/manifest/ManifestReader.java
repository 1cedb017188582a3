package aether.command.manifest;

import aether.command.request.Detail;
import aether.command.request.Fields;
import aether.command.request.JsonDocuments;
import aether.command.request.Limits;
import aether.command.request.RequestRefused;
import aether.command.request.Violations;
import aether.command.request.YamlDocuments;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.nodepool.PoolLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the documents of a manifest, and refuses every one that no state of the platform could make right. */
final class ManifestReader {

    /** The only version there is. */
    static final String API_VERSION = "aetherplatform.cloud/v1alpha1";

    private static final String HIBERNATED = "hibernated";
    private static final String WINDOWS = "maintenance_windows";

    private final Violations violations = new Violations();

    private ManifestReader() {}

    /** The documents of a YAML body. */
    static List<Document> yaml(byte[] body) {
        return new ManifestReader().read(YamlDocuments.read(body));
    }

    /** The documents of a JSON body: one object, or a list of them. */
    static List<Document> json(byte[] body) {
        Object tree = JsonDocuments.read(body);
        List<?> documents = tree instanceof List<?> list ? list : Collections.singletonList(tree);
        if (documents.size() > Limits.MAX_DOCUMENTS) {
            throw RequestRefused.of(
                    400,
                    new Detail(
                            "body",
                            "too_many_documents",
                            "Expected at most " + Limits.MAX_DOCUMENTS + " documents, but got " + documents.size()
                                    + "."));
        }
        return new ManifestReader().read(documents);
    }

    private List<Document> read(List<?> trees) {
        if (trees.isEmpty()) {
            throw RequestRefused.of(
                    400, new Detail("documents", "required", "Expected at least one document, but there is none."));
        }
        List<Document> documents = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int index = 0; index < trees.size(); index++) {
            Document document = document(index, trees.get(index));
            if (document == null) {
                continue;
            }
            documents.add(document);
            Integer first = seen.putIfAbsent(document.key(), index);
            if (first != null && !document.name().isEmpty()) {
                violations.broken(
                        document.path("metadata.name"),
                        "duplicate",
                        "Expected each object once, but documents[" + first + "] describes the same one.");
            }
        }
        violations.refuseIfAny();
        return documents;
    }

    private @Nullable Document document(int index, @Nullable Object tree) {
        Fields fields = Fields.of(tree, "documents[" + index + "]", violations);
        if (!(tree instanceof Map<?, ?>)) {
            return null;
        }
        String version = fields.text("apiVersion");
        if (!version.isEmpty() && !version.equals(API_VERSION)) {
            violations.malformed(
                    fields.path("apiVersion"),
                    "unsupported_api_version",
                    "Expected " + API_VERSION + ", but got another version.");
        }
        String kind = fields.text("kind");
        Fields metadata = fields.object("metadata");
        Document document = switch (kind) {
            case "Organization" -> organization(index, metadata, fields);
            case "Cluster" -> cluster(index, metadata, fields);
            case "NodePool" -> nodePool(index, metadata, fields);
            default -> {
                unknownKind(fields, kind);
                yield null;
            }
        };
        if (document != null) {
            metadata.done();
            fields.done();
        }
        return document;
    }

    private void unknownKind(Fields fields, String kind) {
        if (!kind.isEmpty()) {
            violations.malformed(
                    fields.path("kind"),
                    "unknown_kind",
                    "Expected kind Organization, Cluster or NodePool, but got another.");
        }
    }

    private Document organization(int index, Fields metadata, Fields fields) {
        String name = metadata.label("name");
        Optional<String> shown = Optional.empty();
        if (fields.has("spec")) {
            Fields spec = fields.object("spec");
            shown = spec.optionalText("display_name");
            spec.done();
        } else {
            fields.known("spec");
        }
        return new Document.Organization(index, name, shown.orElse(null));
    }

    private Document cluster(int index, Fields metadata, Fields fields) {
        String organization = metadata.label("organization");
        String name = metadata.label("name");
        Fields spec = fields.object("spec");
        String region = spec.label("region");
        KubernetesVersion version = Versions.read(spec, "k8s_version", region, violations);
        boolean publicEndpoint = spec.truth("public_endpoint", false);
        OptionalInt members = SettingsForm.etcdMembers(spec);
        RestoreForm restore = RestoreForm.read(spec).orElse(null);
        spec.known("api_names");
        List<String> apiNames = spec.has("api_names") ? spec.texts("api_names") : null;
        spec.known("authorized_cidrs");
        List<String> authorizedCidrs = spec.has("authorized_cidrs") ? spec.texts("authorized_cidrs") : null;
        String publicDomain = spec.optionalText("public_domain").orElse(null);
        OidcSettings oidc = SettingsForm.oidc(spec).orElse(null);
        ExtraArgs extraArgs = SettingsForm.extraArgs(spec).orElse(null);
        spec.known(HIBERNATED);
        Boolean hibernated = spec.has(HIBERNATED) ? spec.truth(HIBERNATED, false) : null;
        spec.known(WINDOWS);
        List<MaintenanceWindow> windows = spec.has(WINDOWS) ? LifeForm.windows(spec, violations, WINDOWS) : null;
        LifeForm.Pause pause = LifeForm.pause(spec, violations).orElse(null);
        OptionalInt authority = LifeForm.clusterAuthority(spec);
        spec.done();
        return new Document.Cluster(
                index,
                organization,
                name,
                region,
                version,
                publicEndpoint,
                members.isPresent() ? members.getAsInt() : null,
                restore,
                apiNames,
                authorizedCidrs,
                publicDomain,
                oidc,
                extraArgs,
                hibernated,
                windows,
                pause,
                authority.isPresent() ? authority.getAsInt() : null);
    }

    private Document nodePool(int index, Fields metadata, Fields fields) {
        String organization = metadata.label("organization");
        String cluster = metadata.label("cluster");
        String name = metadata.label("name");
        Fields spec = fields.object("spec");
        PoolSize size = PoolSize.read(spec, violations);
        var shape = PoolSize.readShape(spec);
        spec.done();
        if (violations.none()) {
            PoolLimits.check(size.min(), size.max())
                    .or(() -> PoolLimits.check(shape))
                    .ifPresent(wrong ->
                            violations.broken(spec.path(size.field(wrong.field())), "out_of_range", wrong.message()));
        }
        return new Document.NodePool(index, organization, cluster, name, size, shape);
    }
}
