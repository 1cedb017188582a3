package aether.command.gateway;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Brings the custom resources' definitions to a management cluster whose operators leave that to us. */
final class Definitions {

    private Definitions() {}

    /**
     * Applies all of them; the same again changes nothing.
     *
     * @throws ManagementClusterUnavailable when the cluster does not take them now
     */
    static void install(KubernetesClient client) {
        for (ResourceType type : ResourceType.values()) {
            try (InputStream yaml = Definitions.class.getResourceAsStream(type.definition())) {
                if (yaml == null) {
                    throw new IllegalStateException(
                            "Expected " + type.definition() + " on the class path, but it is not there.");
                }
                // Not applied: servers before 1.25 refuse an applied field that they do not know, and drop a created
                // one.
                client.load(yaml).items().forEach(definition -> {
                    var ignored = client.resource(definition).createOr(NonDeletingOperation::update);
                });
            } catch (KubernetesClientException e) {
                throw new ManagementClusterUnavailable(
                        "Expected to install the definition of " + type.kind() + ", but " + e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
