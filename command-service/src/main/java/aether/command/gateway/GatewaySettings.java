package aether.command.gateway;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether custom resources in the management cluster are carried out.
 *
 * @param enabled whether they are; needs a management cluster
 * @param installDefinitions whether the service brings their definitions itself, for clusters of its own; else an
 *     operator applies {@code k8s/crds}
 */
public record GatewaySettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("false") boolean installDefinitions) {

    /** No custom resources. */
    public static final GatewaySettings OFF = new GatewaySettings(false, false);
}
