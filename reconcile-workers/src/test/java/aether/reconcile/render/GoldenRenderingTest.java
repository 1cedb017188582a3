package aether.reconcile.render;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.PublicName;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.addons.AddonsRendering;
import aether.reconcile.addons.BootstrapToken;
import aether.reconcile.addons.DesiredAddons;
import aether.reconcile.certificates.CertificateRendering;
import aether.reconcile.certificates.DesiredCertificates;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.controlplane.ControlPlaneRendering;
import aether.reconcile.controlplane.DesiredControlPlane;
import aether.reconcile.controlplane.SomeControlPlane;
import aether.reconcile.controlplane.TrustBundles;
import aether.reconcile.kube.Golden;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.publicname.DesiredPublicName;
import aether.reconcile.publicname.PublicNameRendering;
import aether.reconcile.publicname.PublicNames;
import aether.reconcile.publicname.Solver;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is written into the clusters, to the letter. */
class GoldenRenderingTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 34, 1);
    private static final TrustBundles TRUST = new TrustBundles(pem("MIIB"), pem("MIIE"), pem("MIIF"));
    private static final RenderingOptions PLAIN = new RenderingOptions("images.example/", Map.of());
    private static final TenantAccess ACCESS = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");

    private static SomeControlPlane provisioning() {
        return SomeControlPlane.of(CLUSTER, ORGANIZATION)
                .at(VERSION)
                .reported(false)
                .in(ClusterStatus.PROVISIONING);
    }

    private static DesiredControlPlane controlPlane() {
        return provisioning().wanted();
    }

    private static Map<String, String> certificates() {
        Map<String, String> hashes = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> hashes.put(row.name(), "hash-of-" + row.name()));
        return hashes;
    }

    @Test
    void certificatesAreRenderedAsBefore() throws IOException {
        Golden.assertSame(
                "certificates",
                CertificateRendering.of(new DesiredCertificates(
                        CLUSTER,
                        ORGANIZATION,
                        "10.2.0.2",
                        List.of(),
                        ClusterAuthorities.FIRST,
                        KeyRotation.FIRST,
                        Map.of(),
                        Set.of(),
                        false,
                        5)));
    }

    @Test
    void theControlPlaneIsRenderedAsBefore() throws IOException {
        Golden.assertSame(
                "control-plane",
                new ControlPlaneRendering(PLAIN).of(controlPlane(), certificates(), TRUST, Optional.of(ACCESS), ""));
    }

    private static final ClusterSnapshot SNAPSHOT =
            new ClusterSnapshot(new ClusterId(new UUID(9, 9)), "etcd-snapshot-29412345");

    private static EtcdUpkeep upkeep() {
        return new EtcdUpkeep(
                new Schedule("H 3 * * 6"),
                2L << 30,
                "monitoring",
                new SnapshotStore(
                        new Schedule("H */6 * * *"),
                        "images.example/rclone:1.60.1",
                        "tenant-snapshots/north",
                        Map.of("type", "s3", "provider", "Ceph", "env_auth", "true", "endpoint", "s3.example:7480"),
                        "snapshot-store",
                        List.of("192.0.2.0/28"),
                        7480));
    }

    private static DesiredPublicName publicName(String wanted, PublicNames site) {
        return new DesiredPublicName(
                CLUSTER, ORGANIZATION, site, wanted, false, DesiredPublicName.Refusal.NONE, PublicName.NONE, 5);
    }

    /** The issuer with either solver, the certificate, and what it changes of the control plane. */
    @Test
    void aPublicNameIsRenderedAsBefore() throws IOException {
        URI server = URI.create("https://acme.example/directory");
        PublicNames updates = new PublicNames(
                "clusters.example",
                server,
                "ops@clusters.example",
                "",
                new Solver.Rfc2136("192.0.2.53:53", "aether", "HMACSHA256", "zone-key"));
        PublicNames webhook = new PublicNames(
                "clusters.example",
                server,
                "",
                "Y2E=",
                new Solver.Webhook("acme.cloudflare.example", "cloudflare", Map.of("zone", "clusters.example")));
        Map<String, String> hashes = certificates();
        hashes.put(TenantNames.PUBLIC_NAME, "hash");
        DesiredControlPlane named = provisioning().reachedAs("api.shop.example").wanted();
        List<Rendered> without =
                new ControlPlaneRendering(PLAIN).of(named, certificates(), TRUST, Optional.empty(), "");
        List<Rendered> all = new ArrayList<>(List.of(
                PublicNameRendering.issuer(updates),
                PublicNameRendering.issuer(webhook),
                PublicNameRendering.certificate(publicName("api.shop.example", updates))));
        new ControlPlaneRendering(PLAIN)
                .of(named, hashes, TRUST, Optional.empty(), "").stream()
                        .filter(object -> !without.contains(object))
                        .forEach(all::add);

        Golden.assertSame("public-name", all);
    }

    @Test
    void aNameThatIsNotCertifiedYetChangesNothing() {
        assertThat(new ControlPlaneRendering(PLAIN)
                        .of(
                                provisioning().reachedAs("api.shop.example").wanted(),
                                certificates(),
                                TRUST,
                                Optional.empty(),
                                ""))
                .isEqualTo(new ControlPlaneRendering(PLAIN)
                        .of(controlPlane(), certificates(), TRUST, Optional.empty(), ""));
    }

    @Test
    void theUpkeepOfEtcdIsRenderedAsBefore() throws IOException {
        Golden.assertSame("etcd-upkeep", withUpkeep(controlPlane()));
    }

    @Test
    void aClusterThatBeginsWithASnapshotIsRenderedAsBefore() throws IOException {
        Golden.assertSame("etcd-restore", withUpkeep(controlPlane().with(SNAPSHOT)));
    }

    /** What differs from a control plane whose etcd nobody looks after. */
    private static List<Rendered> withUpkeep(DesiredControlPlane desired) {
        List<Rendered> without =
                new ControlPlaneRendering(PLAIN).of(controlPlane(), certificates(), TRUST, Optional.of(ACCESS), "");
        return new ControlPlaneRendering(PLAIN.with(upkeep()))
                .of(desired, certificates(), TRUST, Optional.of(ACCESS), "keys of both\n").stream()
                        .filter(object -> !without.contains(object))
                        .toList();
    }

    /** What differs from an etcd of one member, also when it is looked after and begins with a snapshot. */
    @Test
    void anEtcdOfThreeMembersIsRenderedAsBefore() throws IOException {
        ControlPlaneRendering rendering = new ControlPlaneRendering(PLAIN.with(upkeep()));
        DesiredControlPlane restored = controlPlane().with(SNAPSHOT);
        List<Rendered> one = new ArrayList<>(rendering.of(restored, certificates(), TRUST, Optional.empty(), ""));
        one.addAll(CertificateRendering.of(pki(1)));
        List<Rendered> three =
                new ArrayList<>(rendering.of(restored.with(3), certificates(), TRUST, Optional.empty(), ""));
        three.addAll(CertificateRendering.of(pki(3)));
        three.removeAll(one);

        Golden.assertSame("etcd-three-members", three);
    }

    private static DesiredCertificates pki(int members) {
        return new DesiredCertificates(
                CLUSTER,
                ORGANIZATION,
                "10.2.0.2",
                List.of(),
                members,
                ClusterAuthorities.FIRST,
                KeyRotation.FIRST,
                Map.of(),
                Set.of(),
                false,
                5);
    }

    @Test
    void addonsAreRenderedAsBefore() throws IOException {
        Golden.assertSame(
                "addons",
                new AddonsRendering(PLAIN)
                        .of(
                                new DesiredAddons(
                                        CLUSTER,
                                        ORGANIZATION,
                                        "10.2.0.2:6443",
                                        new KubernetesVersion(1, 34, 1),
                                        false,
                                        false,
                                        9),
                                new BootstrapToken("abcdef", "0123456789abcdef")));
    }

    @Test
    void theSandboxIsAMatterOfAnnotationsAndOfOneApiServer() {
        List<Rendered> plain = new ControlPlaneRendering(new RenderingOptions("images.example/", 1, Map.of()))
                .of(controlPlane(), certificates(), TRUST, Optional.empty(), "");
        List<Rendered> sandboxed = new ControlPlaneRendering(
                        RenderingOptions.sandboxed("images.example/", "apiserver", "cluster-trust"))
                .of(controlPlane(), certificates(), TRUST, Optional.empty(), "");

        for (int i = 0; i < plain.size(); i++) {
            if (!plain.get(i)
                    .ref()
                    .equals(new ObjectRef(ResourceKind.DEPLOYMENT, "tenant-" + CLUSTER, "kube-apiserver"))) {
                assertThat(sandboxed.get(i)).isEqualTo(plain.get(i));
            } else {
                assertThat(sandboxed.get(i).json().path("spec"))
                        .isEqualTo(plain.get(i).json().path("spec"));
            }
        }
    }

    @Test
    void aRenewedCertificateReplacesThePodsThatMountItAndNoOthers() {
        Map<String, String> renewed = certificates();
        renewed.put(TenantCertificate.SCHEDULER, "renewed");

        assertThat(changed(certificates(), renewed)).containsExactly("Deployment/kube-scheduler");
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        ControlPlaneRendering rendering = new ControlPlaneRendering(PLAIN);
        List<Rendered> old = rendering.of(controlPlane(), before, TRUST, Optional.empty(), "");
        return rendering.of(controlPlane(), after, TRUST, Optional.empty(), "").stream()
                .filter(object -> !old.contains(object))
                .map(object -> object.ref().shown())
                .toList();
    }

    @Test
    void everyObjectSaysWhoseItIs() {
        List<Rendered> all =
                new ControlPlaneRendering(PLAIN).of(controlPlane(), certificates(), TRUST, Optional.of(ACCESS), "");

        assertThat(all).allSatisfy(object -> {
            var labels = object.json().path("metadata").path("labels");
            assertThat(labels.path(Labels.PART_OF).asString("")).isEqualTo("aether");
            assertThat(labels.path(Labels.MANAGED_BY).asString("")).isEqualTo("aether");
            assertThat(labels.path(Labels.CLUSTER).asString("")).isEqualTo(CLUSTER.toString());
            assertThat(labels.path(Labels.ORGANIZATION).asString("")).isEqualTo(ORGANIZATION.toString());
        });
    }

    private static String pem(String body) {
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
