package aether.reconcile.controlplane;

import aether.reconcile.render.Pods;
import aether.reconcile.render.SnapshotStore;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The one container that knows the store: it is told by its environment, and has no file to keep anything in. */
final class RcloneRendering {

    /** A name of ours for the store, in rclone's words a remote. */
    private static final String REMOTE = "store";

    private static final String JOB = "JOB_NAME";

    private RcloneRendering() {}

    /** A container that copies; a copy whose checksum differs is no success. */
    static Container container(String name, SnapshotStore store, List<String> command, List<VolumeMount> mounts) {
        return new ContainerBuilder(Pods.task(name, store.image(), command, Pods.requests("50m", "128Mi"), mounts))
                .withEnv(environment(store))
                .addNewEnvFrom()
                .withNewSecretRef()
                .withName(store.credentialSecret())
                .endSecretRef()
                .endEnvFrom()
                .build();
    }

    static List<String> copy(String from, String to) {
        return List.of("rclone", "copyto", from, to, "--config=", "--retries=3", "--low-level-retries=3");
    }

    /** The snapshot of the Job that runs: a pod that tries again writes the same object. */
    static String current(DesiredControlPlane desired, SnapshotStore store) {
        return at(store, desired.clusterId() + "/$(" + JOB + ").db");
    }

    static String at(SnapshotStore store, String snapshot) {
        return REMOTE + ":" + store.destination() + "/" + snapshot;
    }

    private static List<EnvVar> environment(SnapshotStore store) {
        List<EnvVar> environment = new ArrayList<>();
        environment.add(new EnvVarBuilder()
                .withName(JOB)
                .withNewValueFrom()
                .withNewFieldRef()
                .withApiVersion("v1") // the default, or a server before 1.21 would seem to add it
                .withFieldPath("metadata.labels['job-name']")
                .endFieldRef()
                .endValueFrom()
                .build());
        new TreeMap<>(store.remote())
                .forEach((option, value) -> environment.add(new EnvVarBuilder()
                        .withName(("RCLONE_CONFIG_" + REMOTE + "_" + option).toUpperCase(Locale.ROOT))
                        .withValue(value)
                        .build()));
        return environment;
    }
}
