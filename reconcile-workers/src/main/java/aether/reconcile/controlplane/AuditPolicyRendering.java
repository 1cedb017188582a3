package aether.reconcile.controlplane;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;

/**
 * What a tenant's API server writes down of its requests (Kubernetes: Auditing), one line of JSON each, to its output:
 * who did what to which object and when. Bodies only where rights are given; never those of Secrets and tokens.
 */
final class AuditPolicyRendering {

    static final String NAME = "kube-apiserver-audit";
    static final String PLACE = "/etc/kubernetes/audit";
    private static final String FILE = "policy.yaml";

    private AuditPolicyRendering() {}

    static List<String> flags() {
        return List.of("--audit-policy-file=" + PLACE + "/" + FILE, "--audit-log-path=-", "--audit-log-format=json");
    }

    static Rendered of(DesiredControlPlane desired) {
        return Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(NAME)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .addToData(FILE, """
                        apiVersion: audit.k8s.io/v1
                        kind: Policy
                        omitStages:
                        - RequestReceived
                        rules:
                        # Heartbeats and the components' own watching: most of the traffic, and nobody's act.
                        - level: None
                          resources:
                          - group: coordination.k8s.io
                            resources: [leases]
                        - level: None
                          users: ["system:kube-controller-manager", "system:kube-scheduler", "system:apiserver"]
                          verbs: [get, list, watch]
                        - level: None
                          userGroups: ["system:nodes", "system:serviceaccounts:kube-system"]
                          verbs: [get, list, watch]
                        - level: None
                          nonResourceURLs: ["/livez*", "/readyz*", "/healthz*", "/version", "/openapi/*"]
                        - level: None
                          resources:
                          - group: ""
                            resources: [events]
                        - level: None
                          resources:
                          - group: events.k8s.io
                            resources: [events]
                        # Who gives whom which right, in full.
                        - level: RequestResponse
                          verbs: [create, update, patch, delete, deletecollection]
                          resources:
                          - group: rbac.authorization.k8s.io
                        # Everything else without bodies, so that no Secret and no token is ever written here.
                        - level: Metadata
                        """)
                .build());
    }
}
