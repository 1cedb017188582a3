package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.Fault;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.certificates.RootRendering;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.loop.Plan;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.render.Difference;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.RecentRenderings;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides what to do for a control plane. */
public final class ControlPlanePlanner {

    /** A pod that is replaced is away for moments; only what lasts longer is called degraded. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * Pods that are exchanged one after the other while others serve are what was asked for; so long Kubernetes itself
     * waits for them (progressDeadlineSeconds of a Deployment).
     */
    private static final Duration REPLACING = Duration.ofMinutes(10);

    private final ControlPlaneRendering rendering;
    private final RecentRenderings<Inputs> servers;
    private final RecentRenderings<Door> kubeconfigs =
            new RecentRenderings<>(door -> ControlPlaneRendering.kubeconfigs(door.desired(), door.access()));

    /** All that the rendering of the servers looks at. */
    private record Inputs(
            DesiredControlPlane desired, Map<String, String> certificates, TrustBundles trust, String encryption) {}

    /** All that the rendering of kubeconfigs looks at; it is known last, and nothing else follows from it. */
    private record Door(DesiredControlPlane desired, TenantAccess access) {}

    /** Plans with a rendering. */
    public ControlPlanePlanner(ControlPlaneRendering rendering) {
        this.rendering = rendering;
        this.servers = new RecentRenderings<>(inputs ->
                rendering.servers(inputs.desired(), inputs.certificates(), inputs.trust(), inputs.encryption()));
    }

    /** What follows from what is wanted and what is there. */
    public Plan<ControlPlaneStep> plan(DesiredControlPlane desired, ObservedControlPlane observed) {
        if (desired.removal()) {
            return removal(desired, observed);
        }
        Plan<ControlPlaneStep> plan = presence(desired, observed);
        return plan.then().hindrances().isEmpty() ? plan.hinderedBy(ControlPlaneDiagnosis.of(desired, observed)) : plan;
    }

    /** The namespace goes first and whole; then, one after the other, what of the tenant lies outside of it. */
    private static Plan<ControlPlaneStep> removal(DesiredControlPlane desired, ObservedControlPlane observed) {
        List<ObjectRef> order = new ArrayList<>();
        order.add(new ObjectRef(ResourceKind.NAMESPACE, "", TenantNames.namespace(desired.clusterId())));
        order.addAll(RootRendering.outsideOfTheNamespace(desired.clusterId()));
        for (ObjectRef ref : order) {
            JsonNode there = observed.objects().get(ref);
            if (there != null) {
                return removal(desired, ref, there);
            }
        }
        return Plan.of(List.of(new ControlPlaneStep.ReportRemoved()));
    }

    private static Plan<ControlPlaneStep> removal(DesiredControlPlane desired, ObjectRef ref, JsonNode there) {
        if (!belongs(desired, there)) {
            return Plan.blocked(
                    Fault.INFRASTRUCTURE,
                    "NotOurs",
                    "Expected " + ref.shown() + " to be the cluster's, but its label " + Labels.CLUSTER
                            + " does not say so; it is left alone");
        }
        return there.at("/metadata/deletionTimestamp").asString("").isEmpty()
                ? Plan.andLookAgain(
                        List.of(new ControlPlaneStep.Delete(
                                ref, there.at("/metadata/uid").asString(""))),
                        ref.shown() + " is going")
                : Plan.await(ref.shown() + " is going");
    }

    private static boolean belongs(DesiredControlPlane desired, JsonNode object) {
        return object.path("metadata")
                .path("labels")
                .path(Labels.CLUSTER)
                .asString("")
                .equals(desired.clusterId().toString());
    }

    private Plan<ControlPlaneStep> presence(DesiredControlPlane desired, ObservedControlPlane observed) {
        for (TenantCertificate row :
                TenantCertificate.of(desired.authorities(), desired.keys().serviceAccount())) {
            if (!observed.certificates().containsKey(row.name())) {
                return troubled(desired, observed, "waiting for certificate " + row.name());
            }
        }
        KeyRotation encryption = desired.keys().encryption();
        for (int generation : encryption.accepted()) {
            ObjectRef key = EncryptionKeys.kept(desired.clusterId(), generation);
            if (!observed.objects().containsKey(key)) {
                // Nothing was written with a successor before every API server knows it.
                boolean unused = encryption.phase() == KeyRotation.Phase.SPREADING && generation != encryption.inUse();
                boolean asleep = desired.hibernation().isUnderWay(); // a Deployment that is gone then proves nothing
                return unused || !(asleep || EncryptionKeys.areInUse(observed.objects(), desired.clusterId()))
                        ? Plan.andLookAgain(
                                List.of(new ControlPlaneStep.KeepNewEncryptionKey(generation)),
                                "a key for Secrets at rest was made")
                        : withoutKeys(desired, key);
            }
        }
        if (EncryptionKeys.inherits(desired)) {
            Optional<Plan<ControlPlaneStep>> before = RestorePlanner.plan(desired, observed, rendering.hasStore());
            if (before.isPresent()) {
                return before.get();
            }
        }
        List<ControlPlaneStep> steps = new ArrayList<>();
        List<Rendered> wanted = rendered(desired, observed);
        Optional<String> refused = rendering.refusal(wanted);
        if (refused.isPresent()) {
            return needsSomebody(desired, new Hindrance(Fault.OURS, "ImageNotPinned", refused.get()), refused.get());
        }
        boolean changing = isApiServerChanging(desired, observed, wanted);
        for (Rendered rendered : wanted) {
            @Nullable JsonNode there = observed.objects().get(rendered.ref());
            Optional<Difference> found = Difference.between(rendered, there)
                    .filter(unused -> !EtcdRollout.holdsBack(desired, observed, rendered));
            found.ifPresent(difference -> {
                steps.add(new ControlPlaneStep.Apply(rendered, difference));
                if (desired.reported()
                        && difference.kind() != Difference.Kind.OUTDATED
                        && !isAskedForNow(desired, rendered, changing)) {
                    steps.add(new ControlPlaneStep.ReportDrift(rendered.ref().shown(), difference.detail()));
                }
            });
        }
        steps.addAll(Leftovers.of(desired, observed, wanted));
        if (!steps.isEmpty()) {
            return Plan.andLookAgain(steps, "the control plane was asked for");
        }
        if (desired.hibernation().isUnderWay()) {
            return HibernationPlanner.plan(desired, observed, rendering.snapshotBefore(desired));
        }
        if (!observed.trouble().isEmpty()) {
            return UpgradePlanner.inTrouble(desired, observed)
                    .orElseGet(() -> troubled(desired, observed, observed.trouble()));
        }
        KubernetesVersion version = desired.versions().apiServers();
        if (!observed.version().equals("v" + version)) {
            return Plan.await("it answers with " + observed.version() + " and should with v" + version);
        }
        if (!desired.reported()) {
            return Plan.of(List.of(new ControlPlaneStep.ReportReady(version)));
        }
        if (desired.upgrade().isPresent()) {
            return UpgradePlanner.plan(desired.upgrade().get(), desired, observed, rendering.snapshotBefore(desired));
        }
        if (desired.status() == ClusterStatus.DEGRADED) {
            return Plan.of(List.of(new ControlPlaneStep.ReportRecovered()));
        }
        Plan<ControlPlaneStep> authority = AuthorityPlanner.plan(desired, observed);
        return authority.equals(Plan.done()) ? KeysPlanner.plan(desired, observed) : authority;
    }

    private List<Rendered> rendered(DesiredControlPlane desired, ObservedControlPlane observed) {
        String encryption = EncryptionKeys.configuration(desired, TenantSecrets.in(observed.objects()))
                .orElse("");
        DesiredControlPlane wanted = desired.apartFromItsPast();
        List<Rendered> rendered = new ArrayList<>(servers.of(
                desired.clusterId(), new Inputs(wanted, observed.certificates(), observed.trust(), encryption)));
        observed.access()
                .ifPresent(access -> rendered.addAll(kubeconfigs.of(desired.clusterId(), new Door(wanted, access))));
        return rendered;
    }

    /** What is wanted for a while only is missing because it was asked for a moment ago; nobody has taken it away. */
    private static boolean isAskedForNow(DesiredControlPlane desired, Rendered rendered, boolean changing) {
        boolean spreading = desired.keys().encryption().phase() == KeyRotation.Phase.SPREADING;
        return rendered.ref().kind().equals(ResourceKind.JOB)
                || (changing && rendered.ref().name().equals(OidcRendering.AUTHORITY))
                || (spreading && rendered.ref().name().equals(EncryptionKeys.BOTH));
    }

    /** Then what its pods mount besides may be missing because it was asked for with the change. */
    private static boolean isApiServerChanging(
            DesiredControlPlane desired, ObservedControlPlane observed, List<Rendered> wanted) {
        ObjectRef servers = new ObjectRef(
                ResourceKind.DEPLOYMENT, TenantNames.namespace(desired.clusterId()), TenantNames.API_SERVICE);
        return wanted.stream()
                .filter(rendered -> rendered.ref().equals(servers))
                .flatMap(rendered ->
                        Difference.between(rendered, observed.objects().get(servers)).stream())
                .anyMatch(difference -> difference.kind() == Difference.Kind.OUTDATED);
    }

    /** A new key would make all that is encrypted unreadable for good; the old one may be in a backup. */
    static Plan<ControlPlaneStep> withoutKeys(DesiredControlPlane desired, ObjectRef keys) {
        String sentence =
                "Expected " + keys.shown() + " to hold the keys of the tenant's Secrets, but it is gone; put it"
                        + " back from a backup before the API server is restarted";
        return needsSomebody(desired, new Hindrance(Fault.INFRASTRUCTURE, "EncryptionKeyGone", sentence), sentence);
    }

    /** What is there goes on as it is; nothing is changed or put back before somebody has acted. */
    static Plan<ControlPlaneStep> needsSomebody(DesiredControlPlane desired, Hindrance hindrance, String sentence) {
        return desired.status() == ClusterStatus.RUNNING
                ? Plan.<ControlPlaneStep>andLookAgain(List.of(new ControlPlaneStep.ReportDegraded(sentence)), sentence)
                        .hinderedBy(List.of(hindrance))
                : new Plan<>(List.of(), new WorkOutcome.Failed(sentence, List.of(hindrance)));
    }

    private static Plan<ControlPlaneStep> troubled(
            DesiredControlPlane desired, ObservedControlPlane observed, String trouble) {
        boolean lasts = observed.troubledFor().compareTo(grace(desired, observed)) >= 0;
        return desired.status() == ClusterStatus.RUNNING && lasts
                ? Plan.andLookAgain(List.of(new ControlPlaneStep.ReportDegraded(trouble)), trouble)
                : Plan.awaitTold(trouble);
    }

    /** A new pod that says what keeps it from running will not come by waiting. */
    private static Duration grace(DesiredControlPlane desired, ObservedControlPlane observed) {
        return Availability.isReplacing(observed.objects(), TenantNames.namespace(desired.clusterId()))
                        && ControlPlaneDiagnosis.of(desired, observed).isEmpty()
                ? REPLACING
                : GRACE;
    }
}
