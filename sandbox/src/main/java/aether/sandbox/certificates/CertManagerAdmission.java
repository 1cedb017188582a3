package aether.sandbox.certificates;

import aether.sandbox.kubernetes.Admission;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Types;
import tools.jackson.databind.node.ObjectNode;

/** The schema and the webhook of the cert-manager that is played. */
public final class CertManagerAdmission implements Admission {
    private final CertManagerVersion version;

    /** Those of a version. */
    public CertManagerAdmission(CertManagerVersion version) {
        this.version = version;
    }

    @Override
    public void prune(ResourceType type, ObjectNode object) {
        if (type.equals(Types.CERTIFICATE) && object.path("spec") instanceof ObjectNode spec) {
            if (!version.knowsPercentage()) {
                spec.remove("renewBeforePercentage");
            }
            if (!version.knowsRenewal()) {
                spec.remove("renewal");
            }
        }
    }

    @Override
    public String problem(ResourceType type, ObjectNode object) {
        if (!type.equals(Types.CERTIFICATE)) {
            return "";
        }
        try {
            String problem = CertificateSpec.of(object, version).problem();
            return problem.isEmpty()
                    ? ""
                    : "admission webhook \"webhook.cert-manager.io\" denied the request: " + problem;
        } catch (IllegalArgumentException unreadable) {
            return "admission webhook \"webhook.cert-manager.io\" denied the request: " + unreadable.getMessage();
        }
    }
}
