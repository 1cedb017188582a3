package aether.reconcile.controlplane;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where a tenant's API can be dialled, by workers and by the customer. */
@FunctionalInterface
public interface TenantApiAddress {

    /**
     * Host and port; empty while it is not known yet.
     *
     * @param endpoint the published endpoint, host and port
     * @param service the Service of the tenant's API server as it is now
     */
    Optional<String> of(String endpoint, JsonNode service);

    /** The published endpoint itself: its load balancer forwards to the API server. */
    static TenantApiAddress published() {
        return (endpoint, service) -> Optional.of(endpoint);
    }

    /** What an annotation of the Service says, for a world without load balancers. */
    static TenantApiAddress annotated(String annotation) {
        return (endpoint, service) -> Optional.of(service.path("metadata")
                        .path("annotations")
                        .path(annotation)
                        .asString(""))
                .filter(address -> !address.isEmpty());
    }

    /** The annotation by which the sandbox tells where it listens. */
    String SANDBOX_ANNOTATION = "sandbox.aetherplatform.cloud/address";
}
