package aether.reconcile.controlplane;

import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.render.RenderingOptions;
import java.util.Optional;

/**
 * The tunnels by which a control plane reaches nodes, pods and Services of its tenant: agents on nodes dial the server
 * beside each API server, and nobody has to route from the management cluster to a tenant's network. What both sides
 * have to agree on stands here.
 */
public final class Konnectivity {

    /** Where the server listens for agents, at the endpoint as in its pod. */
    public static final int AGENT_PORT = 8132;

    /** The ServiceAccount of agents. */
    public static final String AGENT = "konnectivity-agent";

    /** The namespace of agents in the tenant's API. */
    public static final String AGENT_NAMESPACE = "kube-system";

    /** What an agent's token is good for, and for nothing else. */
    public static final String AUDIENCE = "system:konnectivity-server";

    /** Who the server is when it asks the API whose token it was shown. */
    public static final String SERVER_USER = "system:konnectivity-server";

    private Konnectivity() {}

    /** The tag of its images for a version; empty where this site or that version goes without. */
    public static Optional<String> tag(KubernetesVersion version, RenderingOptions options) {
        return Optional.of(MinorRow.of(version).konnectivity()).filter(tag -> options.konnectivity() && !tag.isEmpty());
    }
}
