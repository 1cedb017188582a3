package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.KeyRotation;
import aether.domain.organization.OrganizationId;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The keys with which a tenant's API server encrypts Secrets before etcd sees them (Kubernetes: Encrypting Confidential
 * Data at Rest). Each is made once, in a Secret of its own that is never written again, beside the certificates;
 * without them the tenant's Secrets are lost, so a key that is gone is never replaced by a new one. While keys are
 * rotated, what is mounted is made of two of these.
 */
final class EncryptionKeys {

    /** The Secret of the first key. */
    static final String NAME = "secrets-encryption";

    /**
     * The keys of the cluster whose snapshot this one began with, to read what is in it. They go with the first key of
     * its own: by then everything was written again.
     */
    static final String INHERITED = NAME + "-inherited";

    /** What is mounted while there is more than one key; it goes when the rotation is over. */
    static final String BOTH = NAME + "-rotation";

    static final String FILE = "encryption.yaml";
    static final String PLACE = "/etc/kubernetes/encryption";

    private static final String FLAG = "--encryption-provider-config=";

    /** XSalsa20 and Poly1305 take 32 bytes. */
    private static final int KEY_BYTES = 32;

    /** Two lines of one key, as we write them. */
    private static final Pattern KEY = Pattern.compile(" *- name: \\S+\n +secret: \\S+\n");

    /** The Secrets that hold keys, each of them once. */
    private static final Pattern KEPT = Pattern.compile(NAME + "(-\\d+|-inherited)?");

    private EncryptionKeys() {}

    static String flag() {
        return FLAG + PLACE + "/" + FILE;
    }

    /** Where a generation of a cluster's keys is kept. */
    static ObjectRef kept(ClusterId cluster, int generation) {
        return new ObjectRef(
                ResourceKind.SECRET, TenantNames.namespace(cluster), generation == 1 ? NAME : NAME + "-" + generation);
    }

    /** Whether there are Secrets that the keys of another cluster open. */
    static boolean inherits(DesiredControlPlane desired) {
        return desired.restoredFrom().isPresent()
                && desired.keys().encryption().accepted().contains(1);
    }

    /** Where the keys of the other cluster are kept. */
    static ObjectRef inherited(ClusterId cluster) {
        return new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(cluster), INHERITED);
    }

    /**
     * The Secret with the keys of the other cluster, under the names that they have there.
     *
     * @param kept Secrets of the other cluster's namespace
     * @return empty when there is none
     */
    static Optional<Rendered> inherit(DesiredControlPlane desired, List<JsonNode> kept) {
        String keys = kept.stream()
                .filter(secret ->
                        KEPT.matcher(secret.at("/metadata/name").asString("")).matches())
                .flatMap(secret -> keys(Pem.text(secret, FILE)))
                .distinct()
                .sorted()
                .collect(Collectors.joining());
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(secret(desired.organizationId(), desired.clusterId(), INHERITED, around(keys)));
    }

    /** The Secret that the API server mounts. */
    static String mounted(DesiredControlPlane desired) {
        List<Integer> accepted = desired.keys().encryption().accepted();
        return accepted.size() > 1 || inherits(desired)
                ? BOTH
                : kept(desired.clusterId(), accepted.getFirst()).name();
    }

    /** The Secret with a new key. */
    static Rendered keep(DesiredControlPlane desired, int generation, RandomGenerator chance) {
        // Two keys of one name would hide each other.
        String own = generation == 1 && desired.restoredFrom().isEmpty()
                ? ""
                : "-" + desired.clusterId().toString().substring(0, 8);
        return keep(desired.organizationId(), desired.clusterId(), generation, "key-" + generation + own, chance);
    }

    private static Rendered keep(
            OrganizationId organization, ClusterId cluster, int generation, String name, RandomGenerator chance) {
        byte[] key = new byte[KEY_BYTES];
        chance.nextBytes(key);
        return secret(
                organization,
                cluster,
                kept(cluster, generation).name(),
                around(" ".repeat(6) + "- name: " + name + "\n" + " ".repeat(8) + "secret: "
                        + Base64.getEncoder().encodeToString(key) + "\n"));
    }

    /**
     * What the API server is to read: the key in use first, for that is the one it writes with.
     *
     * @param secrets of the tenant's namespace, by name
     * @return empty while one of the keys is missing
     */
    static Optional<String> configuration(DesiredControlPlane desired, Map<String, JsonNode> secrets) {
        KeyRotation rotation = desired.keys().encryption();
        List<Integer> order = new ArrayList<>(rotation.accepted());
        order.sort(Comparator.comparing(generation -> generation != rotation.inUse()));
        List<String> names = new ArrayList<>(order.stream()
                .map(generation -> kept(desired.clusterId(), generation).name())
                .toList());
        if (inherits(desired)) {
            names.add(INHERITED);
        }
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            JsonNode secret = secrets.get(name);
            if (secret == null) {
                return Optional.empty();
            }
            texts.add(Pem.text(secret, FILE));
        }
        return Optional.of(
                texts.size() == 1
                        ? texts.getFirst()
                        : around(texts.stream().flatMap(EncryptionKeys::keys).collect(Collectors.joining())));
    }

    private static Stream<String> keys(String configuration) {
        return KEY.matcher(configuration).results().map(found -> found.group());
    }

    /** What is mounted while there is more than one key; nothing else, for a single one is mounted as it is kept. */
    static Optional<Rendered> both(DesiredControlPlane desired, String configuration) {
        return mounted(desired).equals(BOTH)
                ? Optional.of(secret(desired.organizationId(), desired.clusterId(), BOTH, configuration))
                : Optional.empty();
    }

    private static String around(String keys) {
        return """
                apiVersion: apiserver.config.k8s.io/v1
                kind: EncryptionConfiguration
                resources:
                - resources:
                  - secrets
                  providers:
                  - secretbox:
                      keys:
                %s  - identity: {} # what was written before there was a key
                """.formatted(keys);
    }

    private static Rendered secret(OrganizationId organization, ClusterId cluster, String name, String configuration) {
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(cluster))
                .withName(name)
                .withLabels(Labels.of(organization, cluster))
                .endMetadata()
                .withType("Opaque")
                .addToData(FILE, Base64.getEncoder().encodeToString(configuration.getBytes(StandardCharsets.UTF_8)))
                .build());
    }

    /** Whether the API server that is there was started with keys: then Secrets lie in etcd that only they open. */
    static boolean areInUse(Map<ObjectRef, JsonNode> objects, ClusterId cluster) {
        JsonNode deployment = objects.get(
                new ObjectRef(ResourceKind.DEPLOYMENT, TenantNames.namespace(cluster), TenantNames.API_SERVICE));
        return deployment != null
                && deployment
                        .at("/spec/template/spec/containers/0/command")
                        .valueStream()
                        .anyMatch(argument -> argument.asString("").startsWith(FLAG));
    }
}
