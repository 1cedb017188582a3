package aether.command.request;

import aether.domain.kernel.Outcome;

/** How a refusal of the domain looks to an HTTP client. */
public final class Rejections {

    private Rejections() {}

    /** The HTTP status of a rejection code. */
    public static int status(String code) {
        return switch (code) {
            case "organization_unknown", "cluster_unknown", "node_pool_unknown", "machine_unknown", "hold_unknown" ->
                404;
            case "name_taken",
                    "wrong_status",
                    "wrong_size",
                    "stage_not_reached",
                    "stale_lease",
                    "unexpected_version",
                    "network_not_allocated",
                    "region_exhausted",
                    "worker_subnet_full",
                    "region_plan_differs",
                    "authority_rotating",
                    "key_rotating",
                    "rotation_not_prepared",
                    "upgrade_irreversible",
                    "legal_hold",
                    "kept_by_law",
                    "subject_erased",
                    "subject_not_erased",
                    "managed_elsewhere",
                    "export_status" -> 409;
            case "invalid_name",
                    "invalid_reference",
                    "invalid_email",
                    "invalid_display_name",
                    "unsupported_version",
                    "forbidden_upgrade",
                    "kubelet_left_behind",
                    "invalid_groups",
                    "out_of_range",
                    "immutable",
                    "region_unknown" -> 422;
            default -> 422; // a new rule of the domain is a rule until somebody says otherwise here
        };
    }

    /**
     * The answer to a refused command.
     *
     * @param field the field of the request that has to change; empty when no single field would help
     */
    public static RequestRefused refused(Outcome.Refused refused, String field) {
        int status = status(refused.code());
        return field.isEmpty()
                ? new RequestRefused(status, refused.code(), refused.message())
                : RequestRefused.of(status, new Detail(field, refused.code(), refused.message()));
    }
}
