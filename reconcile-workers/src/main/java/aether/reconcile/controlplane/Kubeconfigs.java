package aether.reconcile.controlplane;

import aether.reconcile.render.TenantNames;

/** Renders kubeconfigs. What stands in them are ids, DNS labels and base64, so nothing has to be escaped. */
final class Kubeconfigs {

    private Kubeconfigs() {}

    /** For a pod of the control plane: names the files that are mounted. */
    static String withFiles(String user) {
        return withFiles(TenantNames.API_SERVICE, user);
    }

    /** For a container in the pod of an API server, which asks that one. */
    static String besideTheApi(String user) {
        return withFiles("localhost", user);
    }

    private static String withFiles(String host, String user) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: tenant
                  cluster:
                    server: https://%1$s:%2$d
                    certificate-authority: %3$s
                users:
                - name: %4$s
                  user:
                    client-certificate: /pki/%4$s/tls.crt
                    client-key: /pki/%4$s/tls.key
                contexts:
                - name: tenant
                  context:
                    cluster: tenant
                    user: %4$s
                current-context: tenant
                """.formatted(host, ApiServerRendering.PORT, ClusterTrust.file(), user);
    }

    /**
     * For a person: holds everything. The name is quoted, for {@code true}, {@code null} and {@code 1e3} are DNS
     * labels.
     *
     * @param address host and port
     * @param authority base64 of PEM, as are the other two
     */
    static String withData(String cluster, String address, String authority, String certificate, String key) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: "%1$s"
                  cluster:
                    server: https://%2$s
                    certificate-authority-data: %3$s
                users:
                - name: "%1$s-admin"
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                contexts:
                - name: "%1$s"
                  context:
                    cluster: "%1$s"
                    user: "%1$s-admin"
                current-context: "%1$s"
                """.formatted(cluster, address, authority, certificate, key);
    }
}
