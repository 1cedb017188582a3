package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people type never reaches a shell, a path or an unescaped YAML. Their texts are taken here as the domain would
 * never let them through, so that nothing depends on its rules alone.
 */
class HostileTextProperties {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final KubernetesVersion WITH_FILE = new KubernetesVersion(1, 34, 1);
    private static final KubernetesVersion WITH_FLAGS = KubernetesVersion.SANDBOX;
    private static final String ISSUER = "https://login.example/realms/shop";
    private static final Set<String> SHELLS = Set.of("sh", "bash", "/bin/sh", "/bin/bash");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static final RenderingOptions OPTIONS = new RenderingOptions("images.example/", Map.of())
            .with(new EtcdUpkeep(
                    new Schedule("H 3 * * 6"),
                    2L << 30,
                    "monitoring",
                    new SnapshotStore(
                            new Schedule("H */6 * * *"),
                            "rclone",
                            "bucket",
                            Map.of("type", "s3"),
                            "snapshot-store",
                            List.of("192.0.2.0/28"),
                            443)));

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> known = Arbitraries.of(
                "'; rm -rf / #",
                "\"; reboot; \"",
                "$(reboot)",
                "`reboot`",
                "${HOME}",
                "a\nb: c",
                "a: b",
                "- a",
                "&a *a",
                "!!java.net.URL [x]",
                "{{ .Values }}",
                "../../etc/passwd",
                "..\\..\\windows",
                "/etc/shadow",
                "a\u0000b",
                "a\u0085b",
                "a\u2028b",
                "%s%1$s%n",
                "# no comment",
                "true",
                "null",
                "~",
                "1e3",
                "0x1f",
                "2026-11-30",
                "\ud83d\ude00",
                "|",
                ">-",
                "'",
                "\"");
        return Arbitraries.oneOf(known, Arbitraries.strings().ofMinLength(1).ofMaxLength(40))
                .filter(text -> text.codePoints().noneMatch(each -> each >= 0xd800 && each <= 0xdfff));
    }

    /** Labels of the DNS, with those among them that are words of YAML. */
    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.oneOf(
                Arbitraries.of("true", "null", "no", "on", "y", "123", "1e3", "0x1f", "0b1", "12-3", "1-1-1"),
                Arbitraries.strings()
                        .withChars("abefnotrux0123456789")
                        .ofMinLength(1)
                        .ofMaxLength(12));
    }

    private static DesiredControlPlane desired(KubernetesVersion version, String name, ControlPlaneSettings settings) {
        return SomeControlPlane.of(CLUSTER, new OrganizationId(new UUID(1, 1)))
                .called(name)
                .at(version)
                .wanted()
                .with(new ClusterSnapshot(new ClusterId(new UUID(9, 9)), "etcd-snapshot-1"))
                .with(settings);
    }

    private static List<JsonNode> rendered(DesiredControlPlane desired) {
        Map<String, String> certificates = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> certificates.put(row.name(), row.name()));
        TenantAccess access = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");
        List<JsonNode> objects = new ArrayList<>();
        for (Rendered object : new ControlPlaneRendering(OPTIONS)
                .of(desired, certificates, new TrustBundles("trust", "trust", "trust"), Optional.of(access), "")) {
            JsonNode sent = JSON.readTree(object.json().toString());
            assertThat(sent.toString())
                    .as("what is sent reads back as what was meant")
                    .isEqualTo(object.json().toString());
            objects.add(sent);
        }
        return objects;
    }

    private static List<JsonNode> containers(List<JsonNode> objects) {
        List<JsonNode> containers = new ArrayList<>();
        for (JsonNode object : objects) {
            object.findValues("containers").forEach(list -> list.forEach(containers::add));
            object.findValues("initContainers").forEach(list -> list.forEach(containers::add));
        }
        assertThat(containers).isNotEmpty();
        return containers;
    }

    private static List<String> words(JsonNode container) {
        List<String> words = new ArrayList<>();
        container.path("command").forEach(word -> words.add(word.asString()));
        container.path("args").forEach(word -> words.add(word.asString()));
        return words;
    }

    @Property(tries = 200)
    void anArgumentIsOneWordOfItsProgramAndOfNothingElse(@ForAll("hostile") String text) {
        String argument = "--kube-api-burst=" + text + "-mark-7c1f";
        List<JsonNode> objects = rendered(desired(
                WITH_FILE,
                "shop",
                new ControlPlaneSettings(
                        OidcSettings.NONE, new ExtraArgs(List.of(), List.of(argument), List.of(argument)))));

        Set<String> taken = new HashSet<>();
        for (JsonNode container : containers(objects)) {
            List<String> words = words(container);
            if (words.stream().anyMatch(word -> word.contains("-mark-7c1f"))) {
                assertThat(words.getFirst()).isNotIn(SHELLS);
                assertThat(words).containsOnlyOnce(argument);
                taken.add(container.path("name").asString());
            }
        }
        assertThat(taken).containsExactlyInAnyOrder("kube-controller-manager", "kube-scheduler");
        assertThat(places(objects)).as("paths").noneMatch(place -> place.contains("-mark-7c1f"));
    }

    @Property(tries = 200)
    void theTextsOfAnIssuerReadBackFromTheFileAsTheyWereGiven(
            @ForAll("hostile") String client, @ForAll("hostile") String claim, @ForAll("hostile") String prefix) {
        OidcSettings oidc = new OidcSettings(ISSUER, client, claim, prefix, claim, prefix, client);
        List<JsonNode> objects = rendered(desired(WITH_FILE, "shop", new ControlPlaneSettings(oidc, ExtraArgs.NONE)));

        String file = objects.stream()
                .flatMap(object -> object.path("data").valueStream())
                .map(value -> value.asString(""))
                .filter(value -> value.contains("AuthenticationConfiguration"))
                .findFirst()
                .orElseThrow();
        JsonNode read = JSON.valueToTree(YAML.unmarshal(file, Map.class));
        JsonNode issuer = read.at("/jwt/0/issuer");
        assertThat(read.path("jwt")).hasSize(1);
        assertThat(issuer.at("/audiences/0").asString()).isEqualTo(client);
        assertThat(issuer.path("audiences")).hasSize(1);
        assertThat(issuer.path("certificateAuthority").asString()).isEqualTo(client);
        JsonNode mappings = read.at("/jwt/0/claimMappings");
        assertThat(mappings.at("/username/claim").asString()).isEqualTo(claim);
        assertThat(mappings.at("/username/prefix").asString()).isEqualTo(prefix);
        assertThat(mappings.at("/groups/claim").asString()).isEqualTo(claim);
        assertThat(mappings.at("/groups/prefix").asString()).isEqualTo(prefix);
        assertThat(places(objects))
                .as("paths")
                .isEqualTo(places(rendered(desired(
                        WITH_FILE,
                        "shop",
                        new ControlPlaneSettings(
                                new OidcSettings(ISSUER, "a", "b", "c", "d", "e", "f"), ExtraArgs.NONE)))));
    }

    @Property(tries = 100)
    void theTextsOfAnIssuerAreWordsOfTheServerWhereItHasNoFile(
            @ForAll("hostile") String client, @ForAll("hostile") String prefix) {
        OidcSettings oidc = new OidcSettings(ISSUER, client, "sub", prefix, "", "", "");
        List<JsonNode> objects = rendered(desired(WITH_FLAGS, "shop", new ControlPlaneSettings(oidc, ExtraArgs.NONE)));

        List<String> server = containers(objects).stream()
                .filter(container -> container.path("name").asString().equals("kube-apiserver"))
                .map(HostileTextProperties::words)
                .findFirst()
                .orElseThrow();
        assertThat(server.getFirst()).isNotIn(SHELLS);
        assertThat(server).contains("--oidc-client-id=" + client, "--oidc-username-prefix=" + prefix);
    }

    @Property(tries = 100)
    void aNameIsATextInAKubeconfigAlsoWhenItIsAWordOfYaml(@ForAll("labels") String name) {
        List<JsonNode> objects = rendered(desired(WITH_FILE, name, ControlPlaneSettings.NONE));

        List<JsonNode> kubeconfigs = objects.stream()
                .filter(object -> object.path("kind").asString().equals("Secret"))
                .map(object -> object.at("/data/value").asString(""))
                .filter(value -> !value.isEmpty())
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .<JsonNode>map(text -> JSON.valueToTree(YAML.unmarshal(text, Map.class)))
                .toList();
        assertThat(kubeconfigs).hasSize(2).allSatisfy(kubeconfig -> {
            for (String place : List.of(
                    "/clusters/0/name", "/contexts/0/name", "/contexts/0/context/cluster", "/current-context")) {
                assertThat(kubeconfig.at(place).isString()).as(place).isTrue();
                assertThat(kubeconfig.at(place).asString()).as(place).isEqualTo(name);
            }
            assertThat(kubeconfig.at("/users/0/name").asString()).isEqualTo(name + "-admin");
        });
        assertThat(scripts(objects))
                .as("what a shell is given to read")
                .isEqualTo(scripts(rendered(desired(WITH_FILE, "shop", ControlPlaneSettings.NONE))))
                .isNotEmpty();
    }

    /** Everything that becomes a path somewhere: names of objects and volumes, mounts, entries. */
    private static List<String> places(List<JsonNode> objects) {
        List<String> places = new ArrayList<>();
        for (JsonNode object : objects) {
            places.add(object.at("/metadata/namespace").asString("") + "/"
                    + object.at("/metadata/name").asString(""));
            for (String field : List.of("mountPath", "subPath", "path", "secretName", "key")) {
                object.findValues(field).forEach(value -> places.add(value.asString("")));
            }
        }
        assertThat(places).noneMatch(place -> place.contains(".."));
        return places;
    }

    private static List<String> scripts(List<JsonNode> objects) {
        return containers(objects).stream()
                .map(HostileTextProperties::words)
                .filter(words -> SHELLS.contains(words.getFirst()))
                .map(words -> String.join(" ", words))
                .toList();
    }
}
