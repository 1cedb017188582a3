package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ArgumentRules;
import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.Golden;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.render.Difference;
import aether.reconcile.render.Images;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a customer sets of a control plane, as it is written, changed and taken away. */
class SettingsRenderingTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final String PROXY_SERVER = "kas-network-proxy/proxy-server:v0.34.0";
    private static final TrustBundles TRUST = new TrustBundles("trust", "etcd", "proxy");
    private static final TenantAccess ACCESS = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");
    private static final ObjectRef AUTHORITY =
            new ObjectRef(ResourceKind.CONFIG_MAP, TenantNames.namespace(CLUSTER), OidcRendering.AUTHORITY);

    private static final ControlPlaneSettings SETTINGS = new ControlPlaneSettings(
            new OidcSettings(
                    "https://login.example:8443/realms/shop",
                    "kube\"rnetes",
                    "email",
                    "sso:",
                    "groups",
                    "sso:",
                    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
            new ExtraArgs(
                    List.of("--event-ttl=2h"), List.of("--node-monitor-grace-period=1m"), List.of("--kube-api-qps=9")));

    private final ControlPlaneRendering rendering =
            new ControlPlaneRendering(new RenderingOptions("images.example/", Map.of()));
    private final ControlPlanePlanner planner = new ControlPlanePlanner(rendering);

    private static DesiredControlPlane desired(String version, ControlPlaneSettings settings) {
        return SomeControlPlane.of(CLUSTER, ORGANIZATION)
                .at(KubernetesVersion.parse(version).orElseThrow())
                .wanted()
                .with(settings);
    }

    private static Map<String, String> certificates() {
        Map<String, String> hashes = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> hashes.put(row.name(), "hash-of-" + row.name()));
        return hashes;
    }

    private List<Rendered> rendered(DesiredControlPlane desired) {
        return rendering.of(desired, certificates(), TRUST, Optional.of(ACCESS), "");
    }

    private List<Rendered> changed(String version) {
        List<Rendered> plain = rendered(desired(version, ControlPlaneSettings.NONE));
        return rendered(desired(version, SETTINGS)).stream()
                .filter(object -> !plain.contains(object))
                .toList();
    }

    @Test
    void whatIsSetIsRenderedAsBefore() throws IOException {
        Golden.assertSame("settings-by-file", changed("1.34.1"));
        Golden.assertSame("settings-by-flags", changed("1.31.4"));
    }

    /** Else a customer's argument, which comes last, would count instead of ours. */
    @ParameterizedTest
    @ValueSource(strings = {"1.20.2", "1.31.4", "1.32.0", "1.34.1"})
    void everyArgumentOfOursIsRefusedAsACustomers(String version) {
        List<String> ours = new ArrayList<>();
        ControlPlaneSettings oidc = new ControlPlaneSettings(SETTINGS.oidc(), ExtraArgs.NONE);
        for (Rendered object : rendered(desired(version, oidc))) {
            if (object.ref().kind().equals(ResourceKind.DEPLOYMENT)) {
                object.json()
                        .at("/spec/template/spec/containers/0/command")
                        .valueStream()
                        .skip(1)
                        .forEach(argument -> ours.add(argument.asString("")));
            }
        }

        assertThat(ours)
                .hasSizeGreaterThan(50)
                .allSatisfy(argument -> assertThat(ArgumentRules.check(argument))
                        .as(argument)
                        .hasValueSatisfying(why -> assertThat(why).contains("may not")));
    }

    private ObservedControlPlane observed(DesiredControlPlane there) {
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        for (Rendered object : rendered(there)) {
            objects.put(object.ref(), object.json());
        }
        Rendered keys = EncryptionKeys.keep(desired("1.34.1", ControlPlaneSettings.NONE), 1, new Random(3));
        objects.put(keys.ref(), keys.json());
        return new ObservedControlPlane(
                objects,
                certificates(),
                TRUST,
                Map.of(),
                Optional.of(ACCESS),
                "v" + there.versions().apiServers(),
                "",
                Duration.ZERO);
    }

    @Test
    void whatIsAskedForNowIsNoDrift() {
        List<ControlPlaneStep> steps = planner.plan(
                        desired("1.31.4", SETTINGS), observed(desired("1.31.4", ControlPlaneSettings.NONE)))
                .steps();

        assertThat(steps)
                .noneMatch(ControlPlaneStep.ReportDrift.class::isInstance)
                .anyMatch(step -> step instanceof ControlPlaneStep.Apply apply
                        && apply.rendered().ref().equals(AUTHORITY)
                        && apply.difference().kind() == Difference.Kind.MISSING);
        assertThat(planner.plan(desired("1.31.4", SETTINGS), observed(desired("1.31.4", SETTINGS)))
                        .steps())
                .as("a steady one")
                .isEmpty();
    }

    @Test
    void whatSomebodyTakesAwayOfItIs() {
        ObservedControlPlane complete = observed(desired("1.31.4", SETTINGS));
        Map<ObjectRef, JsonNode> objects = new HashMap<>(complete.objects());
        objects.remove(AUTHORITY);
        ObservedControlPlane without = new ObservedControlPlane(
                objects,
                complete.certificates(),
                TRUST,
                Map.of(),
                complete.access(),
                complete.version(),
                "",
                Duration.ZERO);

        assertThat(planner.plan(desired("1.31.4", SETTINGS), without).steps())
                .anyMatch(ControlPlaneStep.ReportDrift.class::isInstance);
    }

    private static Map<String, String> digests() {
        Map<String, String> digests = new HashMap<>();
        for (String name :
                List.of("kube-apiserver:v1.34.1", "kube-controller-manager:v1.34.1", "etcd:3.6.4-0", PROXY_SERVER)) {
            digests.put(name, "sha256:" + Rendered.sha256(name));
        }
        return digests;
    }

    private static ControlPlaneRendering site(Map<String, String> digests) {
        return new ControlPlaneRendering(
                new RenderingOptions("", Map.of()).with(new Images("images.example/", digests, true)));
    }

    @Test
    void whereDigestsAreRequiredNothingIsWrittenWithoutOne() {
        DesiredControlPlane running = desired("1.34.1", ControlPlaneSettings.NONE);
        ObservedControlPlane there = observed(running);
        Map<String, String> some = digests();

        assertThat(new ControlPlanePlanner(site(some)).plan(running, there).steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        ControlPlaneStep.ReportDegraded.class,
                        said -> assertThat(said.reason())
                                .contains("has none of images.example/kube-scheduler:v1.34.1;")
                                .contains("whoever runs this site"));

        assertThat(new ControlPlanePlanner(site(some))
                        .plan(running, there)
                        .then()
                        .hindrances())
                .extracting(each -> each.whose() + " " + each.reason())
                .containsExactly("OURS ImageNotPinned");

        some.put("kube-scheduler:v1.34.1", "sha256:" + Rendered.sha256("kube-scheduler"));
        assertThat(new ControlPlanePlanner(site(some)).plan(running, there).steps())
                .filteredOn(ControlPlaneStep.Apply.class::isInstance)
                .extracting(
                        step -> ((ControlPlaneStep.Apply) step).rendered().ref().shown())
                .containsExactly(
                        "StatefulSet/etcd",
                        "Deployment/kube-apiserver",
                        "Deployment/kube-controller-manager",
                        "Deployment/kube-scheduler");
    }

    @Test
    void imagesByDigestAreRenderedAsBefore() {
        Map<String, String> all = digests();
        all.put("kube-scheduler:v1.34.1", "sha256:" + Rendered.sha256("kube-scheduler"));

        assertThat(site(all)
                        .of(
                                desired("1.34.1", ControlPlaneSettings.NONE),
                                certificates(),
                                TRUST,
                                Optional.of(ACCESS),
                                "")
                        .stream()
                        .flatMap(object -> object.json().findValues("image").stream())
                        .map(image -> image.asString("")))
                .containsExactly(
                        "images.example/etcd:3.6.4-0@" + all.get("etcd:3.6.4-0"),
                        "images.example/kube-apiserver:v1.34.1@" + all.get("kube-apiserver:v1.34.1"),
                        "images.example/" + PROXY_SERVER + "@" + all.get(PROXY_SERVER),
                        "images.example/kube-controller-manager:v1.34.1@" + all.get("kube-controller-manager:v1.34.1"),
                        "images.example/kube-scheduler:v1.34.1@" + all.get("kube-scheduler:v1.34.1"));
    }

    @Test
    void whatIsNotSetAnyMoreIsTakenAwayAfterThePodsThatMountIt() {
        ObservedControlPlane before = observed(desired("1.31.4", SETTINGS));
        ((ObjectNode) Objects.requireNonNull(before.objects().get(AUTHORITY)).path("metadata")).put("uid", "u-1");

        assertThat(planner.plan(desired("1.31.4", ControlPlaneSettings.NONE), before)
                        .steps())
                .last()
                .isEqualTo(new ControlPlaneStep.Delete(AUTHORITY, "u-1"));
    }
}
