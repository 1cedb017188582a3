package aether.command.gateway;

import aether.command.admission.AdmissionSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether custom resources in the management cluster are carried out.
 *
 * @param enabled whether they are; needs a management cluster
 * @param installDefinitions whether the service brings their definitions itself, for clusters of its own; else an
 *     operator applies {@code k8s/crds}
 * @param admission the webhook that stamps who asked; without it the trail names the gateway
 */
public record GatewaySettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("false") boolean installDefinitions,
        @Nullable AdmissionSettings admission) {

    /** No custom resources. */
    public static final GatewaySettings OFF = new GatewaySettings(false, false, null);
}
