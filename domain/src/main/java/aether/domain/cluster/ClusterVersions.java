package aether.domain.cluster;

import aether.domain.kernel.KubernetesVersion;

/**
 * What each part of a cluster is to run; they differ only during an upgrade.
 *
 * @param etcd the Kubernetes version whose etcd it is
 * @param apiServers of kube-apiserver
 * @param controllers of controller manager and scheduler, never newer than the API servers
 * @param nodes of a kubelet that is made now, never newer than the control plane
 */
public record ClusterVersions(
        KubernetesVersion etcd, KubernetesVersion apiServers, KubernetesVersion controllers, KubernetesVersion nodes) {

    /** All of one version. */
    public static ClusterVersions all(KubernetesVersion version) {
        return new ClusterVersions(version, version, version, version);
    }
}
