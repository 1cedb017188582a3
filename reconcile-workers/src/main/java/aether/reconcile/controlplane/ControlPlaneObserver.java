package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterHibernation;
import aether.reconcile.certificates.IssuedCertificates;
import aether.reconcile.certificates.Renewals;
import aether.reconcile.certificates.RootRendering;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.publicname.PublicNameObserver;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Looks at a tenant's control plane from outside and, once it runs, asks it who it is; takes no action. */
public final class ControlPlaneObserver {

    private static final List<ResourceKind> KINDS = List.of(
            ResourceKind.SECRET,
            ResourceKind.CONFIG_MAP,
            ResourceKind.SERVICE,
            ResourceKind.SERVICE_ACCOUNT,
            ResourceKind.RESOURCE_QUOTA,
            ResourceKind.NETWORK_POLICY,
            ResourceKind.POD_DISRUPTION_BUDGET,
            ResourceKind.STATEFUL_SET,
            ResourceKind.CRON_JOB,
            ResourceKind.DEPLOYMENT);

    private static final List<ResourceKind> KINDS_BEFORE_A_CHANGE =
            Stream.concat(KINDS.stream(), Stream.of(ResourceKind.JOB)).toList();

    private final KubeApi cluster;
    private final TenantApis tenants;
    private final TenantApiAddress addresses;
    private final InstantSource clock;
    private final TroubledSince troubled;

    /** Looks into the management cluster, and into tenants' APIs. */
    public ControlPlaneObserver(KubeApi cluster, TenantApis tenants, TenantApiAddress addresses, InstantSource clock) {
        this(cluster, tenants, addresses, clock, new TroubledSince());
    }

    private ControlPlaneObserver(
            KubeApi cluster,
            TenantApis tenants,
            TenantApiAddress addresses,
            InstantSource clock,
            TroubledSince troubled) {
        this.cluster = cluster;
        this.tenants = tenants;
        this.addresses = addresses;
        this.clock = clock;
        this.troubled = troubled;
    }

    /** One that looks into another API of the same cluster and remembers the same troubles. */
    public ControlPlaneObserver into(KubeApi other) {
        return new ControlPlaneObserver(other, tenants, addresses, clock, troubled);
    }

    /** What is there now. */
    public ObservedControlPlane observe(DesiredControlPlane desired) {
        String namespace = TenantNames.namespace(desired.clusterId());
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        ObjectRef own = new ObjectRef(ResourceKind.NAMESPACE, "", namespace);
        cluster.find(own).ifPresent(found -> objects.put(own, found));
        if (desired.removal()) {
            for (ObjectRef outside : RootRendering.outsideOfTheNamespace(desired.clusterId())) {
                cluster.find(outside).ifPresent(found -> objects.put(outside, found));
            }
            troubled.forget(desired.clusterId());
            return new ObservedControlPlane(
                    objects, Map.of(), TrustBundles.NONE, Map.of(), Optional.empty(), "", "", Duration.ZERO);
        }
        Map<String, String> ours = Map.of(Labels.CLUSTER, desired.clusterId().toString());
        ClusterHibernation.Phase sleep = desired.hibernation().phase();
        boolean snapshot = desired.upgrade().isPresent() || sleep == ClusterHibernation.Phase.PREPARING;
        for (ResourceKind kind : snapshot ? KINDS_BEFORE_A_CHANGE : KINDS) {
            cluster.list(kind, namespace, ours).forEach(object -> put(objects, kind, namespace, object));
        }
        if (desired.keys().isRotating() || isRetiring(desired)) {
            pods(namespace, Map.of(Labels.NAME, TenantNames.API_SERVICE), objects);
        }
        if (sleep == ClusterHibernation.Phase.API_STOPPING || sleep == ClusterHibernation.Phase.ETCD_STOPPING) {
            pods(namespace, ours, objects);
        }
        if (sleep == ClusterHibernation.Phase.PREPARING) {
            for (ObjectRef claim : HibernationObstacles.volumes(desired)) {
                cluster.find(claim).ifPresent(found -> objects.put(claim, found));
            }
        }
        if (EncryptionKeys.inherits(desired)) { // whoever gives them by hand need not know our labels
            ObjectRef inherited = EncryptionKeys.inherited(desired.clusterId());
            cluster.find(inherited).ifPresent(found -> objects.put(inherited, found));
        }
        Map<String, JsonNode> secrets = TenantSecrets.in(objects);
        Map<String, String> notReissued = notReissued(desired, secrets);
        Optional<TenantAccess> access = TenantDoor.access(objects, namespace, desired.endpointAddress(), addresses);
        String trouble = Availability.trouble(objects, namespace);
        String version = "";
        Optional<JsonNode> published = Optional.empty();
        String unanswered = "";
        boolean asks = trouble.isEmpty() && desired.hibernation().runsApi(); // who sleeps is not asked
        if (asks && access.isPresent()) {
            try {
                TenantAccess probing = probing(desired, access.get(), secrets, notReissued);
                KubeApi tenant = tenants.of(desired.clusterId(), probing);
                version = stamped(tenant.version(), objects, namespace);
                if (sleep == ClusterHibernation.Phase.PREPARING) {
                    webhooks(tenant, objects);
                }
                // Read from etcd's majority, so it says too that the API server and the members know each other.
                published = desired.authorities().rotating().flatMap(unused -> tenant.find(PublishedTrust.PLACE));
            } catch (OutsideFailure e) {
                unanswered = "its API does not answer: " + e.sentence();
                trouble = unanswered;
            }
        } else if (asks) {
            trouble = "its address is not known yet";
        }
        if (!trouble.isEmpty()) { // a steady tenant's pods are nobody's business
            pods(namespace, ours, objects);
            cluster.list(ResourceKind.PERSISTENT_VOLUME_CLAIM, namespace, Map.of())
                    .forEach(claim -> put(objects, ResourceKind.PERSISTENT_VOLUME_CLAIM, namespace, claim));
        }
        return new ObservedControlPlane(
                objects,
                certificates(desired, secrets),
                TrustBundles.of(desired.authorities(), secrets),
                notReissued,
                published,
                access,
                version,
                trouble,
                troubled.lasting(
                        desired.clusterId(), trouble, Availability.isReplacing(objects, namespace), clock.instant()),
                unanswered,
                sourceKeys(desired, objects),
                !trouble.isEmpty() && isFull(desired, objects, access));
    }

    private static void put(Map<ObjectRef, JsonNode> objects, ResourceKind kind, String namespace, JsonNode object) {
        objects.put(new ObjectRef(kind, namespace, object.at("/metadata/name").asString("")), object);
    }

    /**
     * Whether etcd runs and says that it is not well (its probe asks {@code /health}, which an alarm turns false) while
     * the API reads from it, which it could not without a leader and a majority.
     */
    private boolean isFull(
            DesiredControlPlane desired, Map<ObjectRef, JsonNode> objects, Optional<TenantAccess> access) {
        boolean unwell = objects.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(ResourceKind.POD))
                .map(Map.Entry::getValue)
                .filter(pod -> pod.at("/metadata/labels")
                        .path(Labels.NAME)
                        .asString("")
                        .equals(TenantNames.ETCD))
                .anyMatch(pod -> pod.at("/status/containerStatuses/0/state").has("running")
                        && !pod.at("/status/containerStatuses/0/ready").asBoolean(true));
        if (!unwell || access.isEmpty()) {
            return false;
        }
        try {
            return tenants.of(desired.clusterId(), access.get())
                    .find(new ObjectRef(ResourceKind.NAMESPACE, "", "kube-system"))
                    .isPresent();
        } catch (OutsideFailure away) {
            return false; // that it does not even read says more, and is said by others
        }
    }

    private void pods(String namespace, Map<String, String> labels, Map<ObjectRef, JsonNode> objects) {
        cluster.list(ResourceKind.POD, namespace, labels)
                .forEach(pod -> put(objects, ResourceKind.POD, namespace, pod));
    }

    /** What of the tenant's own API would have to answer before a node can join. */
    private static void webhooks(KubeApi tenant, Map<ObjectRef, JsonNode> objects) {
        for (ResourceKind kind : Webhooks.KINDS) {
            tenant.list(kind, "", Map.of())
                    .forEach(object -> objects.put(
                            new ObjectRef(kind, "", object.at("/metadata/name").asString("")), object));
        }
        for (String namespace : Webhooks.NAMESPACES) {
            ObjectRef ref = new ObjectRef(ResourceKind.NAMESPACE, "", namespace);
            tenant.find(ref).ifPresent(found -> objects.put(ref, found));
        }
    }

    private static boolean isRetiring(DesiredControlPlane desired) {
        return desired.authorities()
                .rotating()
                .filter(which -> desired.authorities().of(which).phase() == ClusterAuthority.Phase.RETIRING)
                .isPresent();
    }

    /** A rotation asks, or a wake; at every other look, a dozen signatures per tenant would be verified for nobody. */
    private Map<String, String> notReissued(DesiredControlPlane desired, Map<String, JsonNode> secrets) {
        boolean wakes = desired.hibernation().phase() == ClusterHibernation.Phase.CERTIFICATES;
        if (desired.authorities().rotating().isEmpty() && !wakes) {
            return Map.of();
        }
        Map<String, X509Certificate> issued = IssuedCertificates.in(secrets);
        Map<String, String> waiting = new HashMap<>();
        for (TenantCertificate row :
                TenantCertificate.of(desired.authorities(), desired.keys().serviceAccount())) {
            String why = IssuedCertificates.missing(row, issued);
            if (why.isEmpty() && wakes) {
                why = Renewals.ending(row, issued, clock.instant());
            }
            if (!why.isEmpty()) {
                waiting.put(row.name(), why);
            }
        }
        return waiting;
    }

    /** Until they are kept here: the keys of the cluster whose snapshot it is, and of no other organization's. */
    private List<JsonNode> sourceKeys(DesiredControlPlane desired, Map<ObjectRef, JsonNode> objects) {
        if (!EncryptionKeys.inherits(desired) || objects.containsKey(EncryptionKeys.inherited(desired.clusterId()))) {
            return List.of();
        }
        return desired.restoredFrom()
                .map(snapshot -> cluster.list(
                        ResourceKind.SECRET,
                        TenantNames.namespace(snapshot.clusterId()),
                        Labels.of(desired.organizationId(), snapshot.clusterId())))
                .orElse(List.of());
    }

    /** Before the old cluster CA is dropped, the API has to answer a client that trusts the new one alone. */
    private static TenantAccess probing(
            DesiredControlPlane desired,
            TenantAccess access,
            Map<String, JsonNode> secrets,
            Map<String, String> notReissued) {
        ClusterAuthority authority = desired.authorities().cluster();
        JsonNode successor = secrets.get(CertificateAuthority.CLUSTER.certificate(authority.signsServers()));
        boolean last = authority.phase() == ClusterAuthority.Phase.REISSUING && notReissued.isEmpty();
        return last && successor != null
                ? new TenantAccess(access.address(), Pem.text(successor, "tls.crt"), access.certificate(), access.key())
                : access;
    }

    /**
     * A server that was built without a stamp says {@code v0.0.0-master+COMMIT}, as Debian's build of 1.20 does; what
     * runs is then what its image says, once the rollout is through.
     */
    private static String stamped(String said, Map<ObjectRef, JsonNode> objects, String namespace) {
        JsonNode deployment = objects.get(new ObjectRef(ResourceKind.DEPLOYMENT, namespace, TenantNames.API_SERVICE));
        if (!said.startsWith("v0.0.0") || deployment == null) {
            return said;
        }
        String image = deployment.at("/spec/template/spec/containers/0/image").asString("");
        return image.substring(image.lastIndexOf(':') + 1);
    }

    private static Map<String, String> certificates(DesiredControlPlane desired, Map<String, JsonNode> secrets) {
        Map<String, String> hashes = new HashMap<>();
        for (TenantCertificate row :
                TenantCertificate.of(desired.authorities(), desired.keys().serviceAccount())) {
            JsonNode secret = secrets.get(row.name());
            if (secret != null && Pem.certificate(secret, "tls.crt").isPresent()) {
                hashes.put(row.name(), Rendered.sha256(Pem.text(secret, "tls.crt")));
            }
        }
        EncryptionKeys.configuration(desired, secrets)
                .ifPresent(text -> hashes.put(EncryptionKeys.NAME, Rendered.sha256(text)));
        JsonNode named = secrets.get(TenantNames.PUBLIC_NAME);
        if (named != null
                && !desired.publicName().isEmpty()
                && PublicNameObserver.certificate(named, desired.publicName()).isPresent()) {
            hashes.put(TenantNames.PUBLIC_NAME, Rendered.sha256(Pem.text(named, "tls.crt")));
        }
        return hashes;
    }
}
