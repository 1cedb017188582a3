package aether.reconcile.controlplane;

import aether.domain.kernel.KubernetesVersion;
import java.util.List;

/**
 * What differs between Kubernetes minors in what we render; a version takes the newest row that is not newer.
 *
 * @param minor the first minor that it holds for
 * @param etcd the tag of etcd's image. Every API server of the row before can run with it, so that an upgrade moves it
 *     by itself, before the API servers
 * @param snapshotTool reads a snapshot and restores it: etcd 3.6 took both away from etcdctl
 * @param openHealth whether the API server can be told to answer health checks, and nothing else, to anybody:
 *     structured authentication with conditions for anonymous requests is on by default since 1.32 (KEP-4633)
 * @param konnectivity the tag of konnectivity's images, which come with each minor since 1.28; empty where the control
 *     plane has to reach nodes by itself: the row of the sandbox, for which there is no program to run
 * @param closePlainPorts turns off the ports without TLS that components had until 1.23
 */
record MinorRow(
        int minor,
        String etcd,
        String snapshotTool,
        boolean openHealth,
        String konnectivity,
        List<String> closePlainPorts) {

    /** Newest first. The row 1.20 exists for the sandbox alone. */
    static final List<MinorRow> ALL = List.of(
            new MinorRow(34, "3.6.4-0", "etcdutl", true, "v0.34.0", List.of()),
            new MinorRow(33, "3.5.21-0", "etcdutl", true, "v0.33.0", List.of()),
            new MinorRow(32, "3.5.21-0", "etcdutl", true, "v0.32.0", List.of()),
            new MinorRow(20, "3.4.13-0", "etcdctl", false, "", List.of("--port=0")));

    static MinorRow of(KubernetesVersion version) {
        return ALL.stream()
                .filter(row -> row.minor() <= version.minor())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected Kubernetes 1." + ALL.getLast().minor() + " or newer, but got " + version + "."));
    }
}
