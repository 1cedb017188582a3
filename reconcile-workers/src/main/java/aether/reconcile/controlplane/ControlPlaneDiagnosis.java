package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.Fault;
import aether.reconcile.kube.Conditions;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Says of a control plane that does not serve why its pods do not run, and whose that is. Reasons of pods are those of
 * Kubernetes: pkg/kubelet/images/types.go, pkg/kubelet/container/sync_result.go and the scheduler's PodScheduled.
 */
final class ControlPlaneDiagnosis {

    /** How many other words for one thing the kubelet has. */
    private static final List<String> NOT_PULLED = List.of("ErrImagePull", "ImagePullBackOff", "RegistryUnavailable");

    private static final List<String> NO_IMAGE = List.of("InvalidImageName", "ErrImageNeverPull", "ImageInspectError");
    private static final List<String> NO_CONFIG = List.of("CreateContainerConfigError", "CreateContainerError");

    /** With these rclone ends when a directory or a file is not found (rclone.org/docs, Exit code). */
    private static final List<Integer> NOT_FOUND = List.of(3, 4);

    private ControlPlaneDiagnosis() {}

    /** What keeps it from serving, what lies deepest first; empty when nobody says. */
    static List<Hindrance> of(DesiredControlPlane desired, ObservedControlPlane observed) {
        List<Hindrance> found = new ArrayList<>();
        sorted(observed, ResourceKind.PERSISTENT_VOLUME_CLAIM).forEach(claim -> claim(found, claim));
        if (observed.full()) {
            found.add(new Hindrance(
                    Fault.CUSTOMER,
                    "EtcdFull",
                    "etcd answers the API's reads and says itself that it is not well: its database has reached its"
                            + " quota, so the API refuses what would write; delete what is not needed"));
        }
        List<JsonNode> pods = sorted(observed, ResourceKind.POD)
                .filter(pod -> !Conditions.is(pod, "Ready", "True"))
                .toList();
        pods.forEach(pod -> pod(found, desired, pod));
        if (!observed.unanswered().isEmpty()) {
            found.add(new Hindrance(Fault.INFRASTRUCTURE, "TenantApiAway", observed.unanswered(), Hindrance.LATER));
        }
        return found.stream()
                .sorted(Comparator.comparingInt(hindrance -> rank(hindrance.reason())))
                .toList();
    }

    /** A pod without a disk is not scheduled, and says so too; what comes first in this list says why. */
    private static int rank(String reason) {
        List<String> order = List.of(
                "ClaimLost",
                "ClaimPending",
                "NotScheduled",
                "ImageInvalid",
                "ImageNotPulled",
                "SecretMissing",
                "SnapshotMissing",
                "SnapshotNotFetched",
                "EtcdFull",
                "SettingsRefused",
                "CrashLooping");
        int place = order.indexOf(reason);
        return place < 0 ? order.size() : place;
    }

    private static Stream<JsonNode> sorted(ObservedControlPlane observed, ResourceKind kind) {
        return observed.objects().entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(kind))
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .map(Map.Entry::getValue);
    }

    private static void claim(List<Hindrance> found, JsonNode claim) {
        switch (claim.at("/status/phase").asString("")) {
            case "Bound" -> {}
            case "Lost" ->
                found.add(new Hindrance(
                        Fault.INFRASTRUCTURE, "ClaimLost", named("PersistentVolumeClaim", claim) + " lost its volume"));
            default ->
                found.add(new Hindrance(
                        Fault.INFRASTRUCTURE,
                        "ClaimPending",
                        named("PersistentVolumeClaim", claim) + " has no volume yet",
                        Hindrance.LATER));
        }
    }

    private static void pod(List<Hindrance> found, DesiredControlPlane desired, JsonNode pod) {
        if (Conditions.is(pod, "PodScheduled", "False")) {
            found.add(new Hindrance(
                    Fault.INFRASTRUCTURE,
                    "NotScheduled",
                    named("Pod", pod) + " has no node: " + Conditions.message(pod, "PodScheduled"),
                    Hindrance.LATER));
        }
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode container : pod.path("status").path(list)) {
                container(found, desired, pod, container);
            }
        }
    }

    private static void container(
            List<Hindrance> found, DesiredControlPlane desired, JsonNode pod, JsonNode container) {
        JsonNode waiting = container.at("/state/waiting");
        String reason = waiting.path("reason").asString("");
        String sentence = named("Pod", pod) + ": " + container.path("name").asString("") + " waits: " + reason + " "
                + waiting.path("message").asString("");
        if (NOT_PULLED.contains(reason)) {
            found.add(new Hindrance(Fault.INFRASTRUCTURE, "ImageNotPulled", sentence));
        } else if (NO_IMAGE.contains(reason)) {
            found.add(new Hindrance(Fault.OURS, "ImageInvalid", sentence));
        } else if (NO_CONFIG.contains(reason)) {
            found.add(new Hindrance(Fault.INFRASTRUCTURE, "SecretMissing", sentence, Hindrance.LATER));
        } else if (reason.equals("CrashLoopBackOff")
                && container.path("name").asString("").equals(EtcdRestoreRendering.FETCH)) {
            found.add(notFetched(desired, container));
        } else if (reason.equals("CrashLoopBackOff")) {
            boolean told = isToldBy(desired, pod);
            found.add(new Hindrance(
                    told ? Fault.CUSTOMER : Fault.OURS,
                    told ? "SettingsRefused" : "CrashLooping",
                    sentence + ended(container),
                    Duration.ofMinutes(1))); // what it needs may come a moment after it
        }
    }

    /** Whoever asks for a snapshot that is not there gets another answer than who has to wait for the store. */
    private static Hindrance notFetched(DesiredControlPlane desired, JsonNode container) {
        int code = container.at("/lastState/terminated/exitCode").asInt(0);
        String snapshot =
                "snapshot " + desired.restoredFrom().map(ClusterSnapshot::key).orElse("");
        return NOT_FOUND.contains(code)
                ? new Hindrance(
                        Fault.CUSTOMER,
                        "SnapshotMissing",
                        "Expected " + snapshot + " in the store, but it is not there; delete this cluster and ask for"
                                + " one with a snapshot that is")
                : new Hindrance(
                        Fault.INFRASTRUCTURE,
                        "SnapshotNotFetched",
                        "Expected to fetch " + snapshot + ", but rclone ended with " + code + ended(container),
                        Hindrance.LATER);
    }

    /** Whether a customer has said how this very component runs; what we render alone has run in our own tests. */
    private static boolean isToldBy(DesiredControlPlane desired, JsonNode pod) {
        ExtraArgs arguments = desired.settings().extraArgs();
        return switch (pod.at("/metadata/labels").path(Labels.NAME).asString("")) {
            case TenantNames.API_SERVICE ->
                desired.settings().oidc().hasIssuer() || !arguments.apiServer().isEmpty();
            case ControllersRendering.CONTROLLER_MANAGER ->
                !arguments.controllerManager().isEmpty();
            case ControllersRendering.SCHEDULER -> !arguments.scheduler().isEmpty();
            default -> false;
        };
    }

    private static String ended(JsonNode container) {
        JsonNode before = container.at("/lastState/terminated");
        String message = before.path("message").asString(before.path("reason").asString(""));
        return message.isEmpty() ? "" : "; it ended: " + message;
    }

    private static String named(String kind, JsonNode object) {
        return kind + "/" + object.at("/metadata/name").asString("");
    }
}
