package aether.sandbox.kubelet;

import aether.sandbox.certificates.Conditions;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One look at one Job: runs its pod to the end where the programs are here, once and without trying again; elsewhere it
 * succeeds after a while.
 */
final class JobStep {
    private static final WriteOptions OURS = WriteOptions.by("sandbox-kubelet");

    private final KubernetesStore store;
    private final World world;
    private final Duration takes;
    private final PodRuntime runtime;
    private final PodFaults faults;

    JobStep(KubernetesStore store, World world, Duration takes, PodRuntime runtime, PodFaults faults) {
        this.faults = faults;
        this.store = store;
        this.world = world;
        this.takes = takes;
        this.runtime = runtime;
    }

    Optional<Duration> reconcile(ObjectKey key) {
        Optional<ObjectNode> found = store.find(Types.JOB, key.namespace(), key.name());
        if (found.isEmpty()
                || found.get().path("metadata").has("deletionTimestamp")
                || !Json.at(found.get(), "status", "conditions").isEmpty()) {
            return Optional.empty();
        }
        ObjectNode job = found.get();
        String told = faults.taskFailure();
        if (!told.isEmpty()) {
            end(job, told);
            return Optional.empty();
        }
        if (!runtime.takesTask(Json.at(job, "spec", "template"))) {
            Instant made = Instant.parse(Json.text(job, "metadata", "creationTimestamp"));
            Duration left = takes.minus(Duration.between(made, world.clock().instant()));
            if (left.isPositive() && left.compareTo(takes) <= 0) {
                return Optional.of(left);
            }
            end(job, "");
            return Optional.empty();
        }
        String failure = "";
        try {
            String ignored = runtime.finish(pod(job));
        } catch (IllegalStateException failed) {
            failure = String.valueOf(failed.getMessage());
        }
        end(job, failure);
        return Optional.empty();
    }

    private static ObjectNode pod(ObjectNode job) {
        ObjectNode pod = Json.object();
        ObjectNode metadata = Json.at(job, "spec", "template", "metadata") instanceof ObjectNode asked
                ? asked.deepCopy()
                : Json.object();
        String name = Json.text(job, "metadata", "name");
        metadata.put("namespace", Json.text(job, "metadata", "namespace")).put("name", name + "-0");
        Json.child(metadata, "labels").put("job-name", name);
        pod.set("metadata", metadata);
        pod.set("spec", Json.at(job, "spec", "template", "spec").deepCopy());
        return pod;
    }

    private void end(ObjectNode live, String failure) {
        ObjectNode job = live.deepCopy();
        boolean done = failure.isEmpty();
        Json.child(job, "status").put(done ? "succeeded" : "failed", 1);
        Conditions.set(job, done ? "Complete" : "Failed", true, done ? "" : "PodFailed", failure, world.now());
        ObjectKey key = ObjectKey.of(Types.JOB, job);
        job.withObject("metadata").remove("resourceVersion");
        store.update(Types.JOB, key.namespace(), key.name(), job, OURS.ofStatus());
    }
}
