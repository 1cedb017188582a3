package aether.reconcile.render;

import aether.domain.kernel.Ipv4Block;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What differs between sites and not between tenants.
 *
 * @param images where images come from, and which bytes they are
 * @param apiServers how many API servers each tenant has, at least 1
 * @param apiServerAnnotations annotations of the kube-apiserver Deployment that the site asks for
 * @param etcdUpkeep how tenants' etcds are looked after; when absent, not at all
 * @param konnectivity whether control planes reach nodes and pods through tunnels that agents on nodes have opened
 * @param platformNetworks from where the platform dials tenants' APIs; let in whatever a customer's list says
 */
public record RenderingOptions(
        Images images,
        int apiServers,
        Map<String, String> apiServerAnnotations,
        @Nullable EtcdUpkeep etcdUpkeep,
        boolean konnectivity,
        List<String> platformNetworks) {

    /** Where nobody has said more: addresses that no packet from the internet has (RFC 1918). */
    public static final List<String> PRIVATE_NETWORKS = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    /** One may be away, for a node's drain or fault. */
    private static final int API_SERVERS = 2;

    public RenderingOptions {
        if (apiServers < 1) {
            throw new IllegalArgumentException("Expected at least 1 API server, but got " + apiServers + ".");
        }
        for (String network : platformNetworks) {
            if (Ipv4Block.parse(network).isEmpty()) {
                throw new IllegalArgumentException(
                        "Expected networks of the platform such as 10.0.0.0/8, but got '" + network + "'.");
            }
        }
        apiServerAnnotations = Map.copyOf(apiServerAnnotations);
        platformNetworks = List.copyOf(platformNetworks);
    }

    /** A site with nodes. */
    public RenderingOptions(String imageRegistry, Map<String, String> apiServerAnnotations) {
        this(imageRegistry, API_SERVERS, apiServerAnnotations);
    }

    /** A site that does not look after etcd. */
    public RenderingOptions(String imageRegistry, int apiServers, Map<String, String> apiServerAnnotations) {
        this(
                new Images(imageRegistry, Map.of(), false),
                apiServers,
                apiServerAnnotations,
                null,
                true,
                PRIVATE_NETWORKS);
    }

    /** The same site, looking after etcd like this. */
    public RenderingOptions with(@Nullable EtcdUpkeep upkeep) {
        return new RenderingOptions(images, apiServers, apiServerAnnotations, upkeep, konnectivity, platformNetworks);
    }

    /** The same site, with images from there. */
    public RenderingOptions with(Images other) {
        return new RenderingOptions(
                other, apiServers, apiServerAnnotations, etcdUpkeep, konnectivity, platformNetworks);
    }

    /** The same site, where control planes reach nodes by themselves. */
    public RenderingOptions withoutKonnectivity() {
        return new RenderingOptions(images, apiServers, apiServerAnnotations, etcdUpkeep, false, platformNetworks);
    }

    /** The same site, from where the platform dials tenants' APIs. */
    public RenderingOptions dialling(List<String> from) {
        return new RenderingOptions(images, apiServers, apiServerAnnotations, etcdUpkeep, konnectivity, from);
    }

    /** How tenants' etcds are looked after. */
    public Optional<EtcdUpkeep> upkeep() {
        return Optional.ofNullable(etcdUpkeep);
    }

    /**
     * The whole coupling to the sandbox: which Deployment is a tenant's API, what it serves with, and that one machine
     * has no use for a second API server.
     */
    public static RenderingOptions sandboxed(String imageRegistry, String servingSecret, String trustConfigMap) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("sandbox.aetherplatform.cloud/tenant-api", "true");
        annotations.put("sandbox.aetherplatform.cloud/serving-secret", servingSecret);
        annotations.put("sandbox.aetherplatform.cloud/client-ca-config-map", trustConfigMap);
        return new RenderingOptions(imageRegistry, 1, annotations);
    }

    /** An image with its tag, and its digest where the site knows it. */
    public String image(String name, String tag) {
        return images.image(name, tag);
    }
}
