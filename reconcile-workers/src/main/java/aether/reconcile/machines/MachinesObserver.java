package aether.reconcile.machines;

import aether.domain.cluster.ApiNames;
import aether.domain.cluster.Fault;
import aether.domain.machine.MachineStatus;
import aether.reconcile.addons.BootstrapToken;
import aether.reconcile.controlplane.ClusterTrust;
import aether.reconcile.controlplane.TenantDoor;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.kube.Conditions;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Looks at a machine: at the hypervisor, and as a node of its cluster; takes no action. */
public final class MachinesObserver {

    private final Hypervisor hypervisor;
    private final KubeApi cluster;
    private final TenantDoor tenants;
    private final RenderingOptions options;
    private final InstantSource clock;

    /** Looks at the hypervisor, into the management cluster, and through the door of each tenant. */
    public MachinesObserver(
            Hypervisor hypervisor, KubeApi cluster, TenantDoor tenants, RenderingOptions options, InstantSource clock) {
        this.hypervisor = hypervisor;
        this.cluster = cluster;
        this.tenants = tenants;
        this.options = options;
        this.clock = clock;
    }

    /** What is there now. */
    public ObservedMachine observe(DesiredMachine desired) {
        Optional<VirtualMachine> holder = hypervisor.find(desired.reservation().vmId());
        // The tag is looked for only where a VM would be made: after a crash it says that there is one already.
        Optional<VirtualMachine> elsewhere = holder.isPresent()
                ? Optional.empty()
                : hypervisor.tagged(desired.tag()).stream()
                        .filter(other -> other.vmId() != desired.reservation().vmId())
                        .findFirst();
        boolean needsConfig = holder.filter(machine -> !machine.configured() || !desired.isWorker())
                        .isPresent()
                && desired.status() != MachineStatus.RETIRING;
        boolean asksNode = desired.isWorker()
                && holder.filter(machine -> machine.power() == VirtualMachine.Power.RUNNING)
                        .isPresent()
                && desired.status() != MachineStatus.RETIRING;
        return new ObservedMachine(
                holder,
                elsewhere,
                needsConfig ? config(desired) : Optional.empty(),
                desired.isWorker() && desired.status() == MachineStatus.RETIRING && holder.isEmpty()
                        ? leftNode(desired)
                        : Optional.empty(),
                asksNode ? node(desired) : new NodeCondition.Unknown());
    }

    private Optional<MachineConfig> config(DesiredMachine desired) {
        if (!desired.isWorker()) {
            Optional<String> backend = backend(desired);
            return Optional.of(new MachineConfig.LoadBalancer(
                    desired.reservation().address(),
                    HaproxyRendering.of(desired, backend, options),
                    FirewallRendering.balancer(desired, backend, options)));
        }
        String namespace = TenantNames.namespace(desired.clusterId());
        Optional<String> authority = cluster.find(ClusterTrust.of(desired.clusterId()))
                .map(ClusterTrust::read)
                .filter(bundle -> !bundle.isEmpty());
        Optional<BootstrapToken> token =
                cluster.find(BootstrapToken.kept(desired.clusterId())).map(BootstrapToken::of);
        if (authority.isEmpty() || token.isEmpty() || desired.endpoint().isEmpty()) {
            return Optional.empty();
        }
        options.images().refusal("kubelet", "v" + desired.version()).ifPresent(why -> {
            throw new OutsideFailure(OutsideFailure.Kind.DENIED, Fault.OURS, "ImageNotPinned", why);
        });
        return Optional.of(new MachineConfig.Worker(
                namespace,
                authority.get(),
                desired.version().toString(),
                desired.reservation().address(),
                TalosRendering.worker(desired, desired.endpoint().get(), authority.get(), token.get(), options),
                FirewallRendering.worker(desired, options)));
    }

    /** The address of the API servers' Service, once they were asked for. */
    private Optional<String> backend(DesiredMachine desired) {
        return cluster.find(new ObjectRef(
                        ResourceKind.SERVICE, TenantNames.namespace(desired.clusterId()), TenantNames.API_SERVICE))
                .map(service -> service.at("/spec/clusterIP").asString(""))
                .filter(ApiNames::isAddress); // "None" and nothing are none
    }

    private Optional<String> leftNode(DesiredMachine desired) {
        try {
            return tenant(desired)
                    .flatMap(api -> api.find(nodeOf(desired)))
                    .map(node -> node.at("/metadata/uid").asString(""));
        } catch (OutsideFailure away) {
            return Optional.empty(); // nobody waits for it
        }
    }

    private NodeCondition node(DesiredMachine desired) {
        try {
            return tenant(desired)
                    .<NodeCondition>map(api ->
                            api.find(nodeOf(desired)).map(this::condition).orElse(new NodeCondition.Absent()))
                    .orElse(new NodeCondition.Unknown());
        } catch (OutsideFailure e) {
            return new NodeCondition.Unknown(); // the control plane's own worker says what is wrong with it
        }
    }

    private Optional<KubeApi> tenant(DesiredMachine desired) {
        return desired.endpoint().flatMap(endpoint -> tenants.open(desired.clusterId(), endpoint));
    }

    /** The entry of a machine in its cluster's API. */
    static ObjectRef nodeOf(DesiredMachine desired) {
        return new ObjectRef(ResourceKind.NODE, "", desired.reservation().name());
    }

    private NodeCondition condition(JsonNode node) {
        return Conditions.is(node, "Ready", "True")
                ? new NodeCondition.Ready()
                : new NodeCondition.NotReady(since(
                        Conditions.of(node, "Ready").path("lastTransitionTime").asString("")));
    }

    private Duration since(String transition) {
        try {
            return Duration.between(Instant.parse(transition), clock.instant());
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
