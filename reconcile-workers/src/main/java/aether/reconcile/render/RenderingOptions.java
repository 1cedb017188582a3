package aether.reconcile.render;

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
 */
public record RenderingOptions(
        Images images,
        int apiServers,
        Map<String, String> apiServerAnnotations,
        @Nullable EtcdUpkeep etcdUpkeep,
        boolean konnectivity) {

    /** One may be away, for a node's drain or fault. */
    private static final int API_SERVERS = 2;

    public RenderingOptions {
        if (apiServers < 1) {
            throw new IllegalArgumentException("Expected at least 1 API server, but got " + apiServers + ".");
        }
        apiServerAnnotations = Map.copyOf(apiServerAnnotations);
    }

    /** A site with nodes. */
    public RenderingOptions(String imageRegistry, Map<String, String> apiServerAnnotations) {
        this(imageRegistry, API_SERVERS, apiServerAnnotations);
    }

    /** A site that does not look after etcd. */
    public RenderingOptions(String imageRegistry, int apiServers, Map<String, String> apiServerAnnotations) {
        this(new Images(imageRegistry, Map.of(), false), apiServers, apiServerAnnotations, null, true);
    }

    /** The same site, looking after etcd like this. */
    public RenderingOptions with(@Nullable EtcdUpkeep upkeep) {
        return new RenderingOptions(images, apiServers, apiServerAnnotations, upkeep, konnectivity);
    }

    /** The same site, with images from there. */
    public RenderingOptions with(Images other) {
        return new RenderingOptions(other, apiServers, apiServerAnnotations, etcdUpkeep, konnectivity);
    }

    /** The same site, where control planes reach nodes by themselves. */
    public RenderingOptions withoutKonnectivity() {
        return new RenderingOptions(images, apiServers, apiServerAnnotations, etcdUpkeep, false);
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
