package aether.reconcile.render;

import java.util.Map;
import java.util.TreeMap;

/**
 * What differs between sites and not between tenants.
 *
 * @param imageRegistry prefix of every image, with its slash; empty for the container runtime's own default
 * @param apiServerAnnotations annotations of the kube-apiserver Deployment that the site asks for
 */
public record RenderingOptions(String imageRegistry, Map<String, String> apiServerAnnotations) {
    public RenderingOptions {
        apiServerAnnotations = Map.copyOf(apiServerAnnotations);
    }

    /** The whole coupling to the sandbox: which Deployment is a tenant's API, and which Secrets it serves with. */
    public static RenderingOptions sandboxed(String imageRegistry, String servingSecret, String clientAuthoritySecret) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("sandbox.aetherplatform.cloud/tenant-api", "true");
        annotations.put("sandbox.aetherplatform.cloud/serving-secret", servingSecret);
        annotations.put("sandbox.aetherplatform.cloud/client-ca-secret", clientAuthoritySecret);
        return new RenderingOptions(imageRegistry, annotations);
    }

    /** An image with its tag. */
    public String image(String name, String tag) {
        return imageRegistry + name + ":" + tag;
    }
}
