package aether.command.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The custom resources of the management cluster, as they were last seen. */
interface CustomResources {

    /** One of them; empty when it is gone. */
    Optional<CustomResource> find(ResourceKey key);

    /** All of a type. */
    List<CustomResource> all(ResourceType type);

    /**
     * Puts the finalizer on.
     *
     * @return the resource as it is then
     * @throws ManagementClusterUnavailable when it cannot be done now, or the resource has changed meanwhile
     */
    CustomResource hold(CustomResource resource);

    /**
     * Takes the finalizer off, so that the resource may go.
     *
     * @throws ManagementClusterUnavailable as above
     */
    void release(CustomResource resource);

    /**
     * Replaces the status.
     *
     * @throws ManagementClusterUnavailable as above
     */
    void writeStatus(CustomResource resource, Map<String, Object> status);

    /** Tells of every resource that came, changed or went, from the first one on, until it is closed. */
    Watching watch(Consumer<ResourceKey> changed);

    /** A running watch. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
