package aether.command.gateway;

import aether.command.dispatch.CommandDispatcher;
import aether.command.manifest.Manifests;
import aether.command.streams.Streams;
import aether.format.EventCodec;
import aether.store.log.LogReader;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a gateway is made of.
 *
 * @param manifests applies through {@link aether.domain.cluster.Channel#KUBERNETES}
 * @param ids new ids of commands
 * @param nanoTime a clock that only runs forward
 */
public record GatewayParts(
        Streams streams,
        Manifests manifests,
        CommandDispatcher dispatcher,
        LogReader reader,
        EventCodec codec,
        Supplier<UUID> ids,
        InstantSource clock,
        LongSupplier nanoTime) {

    /**
     * A loop over a management cluster that has not started.
     *
     * @throws IllegalArgumentException when a file of the settings cannot be read
     */
    public GatewayLoop loop(ManagementClusterSettings cluster, GatewaySettings settings) {
        KubernetesClient client = ManagementClients.of(cluster);
        Runnable prepare = settings.installDefinitions() ? () -> Definitions.install(client) : () -> {};
        return loop(new FabricResources(client), prepare, settings.admission() != null);
    }

    GatewayLoop loop(CustomResources resources, Runnable prepare, boolean stamped) {
        Dependents dependents = new Dependents();
        Gateway gateway = new Gateway(
                resources, new LogObserver(streams), manifests, dispatcher, dependents, ids, clock, stamped);
        return new GatewayLoop(gateway, resources, dependents, new Marks(nanoTime), reader, codec, prepare);
    }
}
