package aether.reconcile;

import aether.domain.cluster.ClusterId;
import aether.domain.machine.MachineId;
import aether.domain.network.NetworkEvent;
import aether.reconcile.addons.AddonsActor;
import aether.reconcile.addons.AddonsObserver;
import aether.reconcile.addons.AddonsPlanner;
import aether.reconcile.addons.AddonsRendering;
import aether.reconcile.addons.DesiredAddons;
import aether.reconcile.calendar.CalendarWorker;
import aether.reconcile.calendar.PauseGate;
import aether.reconcile.certificates.CertificatesActor;
import aether.reconcile.certificates.CertificatesObserver;
import aether.reconcile.certificates.CertificatesPlanner;
import aether.reconcile.certificates.DesiredCertificates;
import aether.reconcile.controlplane.ControlPlaneActor;
import aether.reconcile.controlplane.ControlPlaneObserver;
import aether.reconcile.controlplane.ControlPlanePlanner;
import aether.reconcile.controlplane.ControlPlaneRendering;
import aether.reconcile.controlplane.DesiredControlPlane;
import aether.reconcile.controlplane.TenantApiAddress;
import aether.reconcile.controlplane.TenantDoor;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.WorkKey;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.Gate;
import aether.reconcile.loop.Reconciler;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.loop.Worker;
import aether.reconcile.machines.DesiredMachine;
import aether.reconcile.machines.MachinesActor;
import aether.reconcile.machines.MachinesObserver;
import aether.reconcile.machines.MachinesPlanner;
import aether.reconcile.publicname.Aliases;
import aether.reconcile.publicname.DesiredPublicName;
import aether.reconcile.publicname.PublicNameActor;
import aether.reconcile.publicname.PublicNameObserver;
import aether.reconcile.publicname.PublicNamePlanner;
import aether.reconcile.publicname.PublicNames;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.report.Reports;
import aether.reconcile.standing.TellingWorker;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All subjects behind one worker: the key says which of them looks. */
public final class Workers implements Worker<WorkKey> {

    /**
     * What the subjects reach the world through.
     *
     * @param publicNames how the site gives public names; absent where it gives none
     * @param aliases what customers' zones say
     * @param clock how long something has been so
     * @param chance where tokens come from; give a secure one outside of tests
     */
    public record World(
            ManagementCluster cluster,
            TenantApis tenants,
            TenantApiAddress addresses,
            Hypervisor hypervisor,
            Leases leases,
            Reports reports,
            RenderingOptions rendering,
            @Nullable PublicNames publicNames,
            Aliases aliases,
            InstantSource clock,
            RandomGenerator chance) {}

    private final Worker<WorkKey> telling;
    private final Worker<ClusterId> certificates;
    private final Worker<ClusterId> controlPlane;
    private final Worker<ClusterId> addons;
    private final Worker<ClusterId> publicNames;
    private final Worker<MachineId> machines;
    private final Worker<ClusterId> calendar;

    /** Workers that make the world be as desired. */
    public Workers(DesiredWorld desired, World world) {
        this.telling = new TellingWorker<>(
                this::look, key -> ownerOf(desired, key), desired, world.leases(), world.reports(), world.clock());
        KubeApi live = world.cluster().live();
        TenantDoor door = new TenantDoor(world.cluster(), world.tenants(), world.addresses());
        Gate<ClusterId> pauses = new PauseGate<>(
                id -> Optional.of(new PauseGate.Owner(id, "")), desired, world.leases(), world.reports());
        this.calendar = new CalendarWorker(desired, world.leases(), world.reports(), world.clock());
        this.certificates = new Reconciler<>(
                id -> desired.cluster(id).flatMap(DesiredCertificates::of),
                new CertificatesObserver(world.cluster(), world.clock())::observe,
                new CertificatesObserver(live, world.clock())::observe,
                (wanted, plan) -> wanted.reported(), // before, nothing is said of a difference
                new CertificatesPlanner()::plan,
                pauses,
                new CertificatesActor(world.cluster(), world.leases(), world.reports())::act);
        ControlPlaneObserver controlPlanes =
                new ControlPlaneObserver(world.cluster(), world.tenants(), world.addresses(), world.clock());
        this.controlPlane = new Reconciler<>(
                id -> desired.cluster(id).flatMap(DesiredControlPlane::of),
                controlPlanes::observe,
                controlPlanes.into(live)::observe,
                (wanted, plan) -> wanted.reported() || wanted.removal(),
                new ControlPlanePlanner(new ControlPlaneRendering(world.rendering()))::plan,
                pauses,
                new ControlPlaneActor(world.cluster(), world.tenants(), world.leases(), world.reports(), world.chance())
                        ::act);
        this.addons = new Reconciler<>(
                id -> desired.cluster(id).flatMap(DesiredAddons::of),
                new AddonsObserver(world.cluster(), door)::observe,
                new AddonsPlanner(new AddonsRendering(world.rendering()))::plan,
                pauses,
                new AddonsActor(world.cluster(), world.tenants(), world.leases(), world.reports(), world.chance())
                        ::act);
        this.publicNames = new Reconciler<>(
                id -> desired.cluster(id)
                        .flatMap(known -> DesiredPublicName.of(
                                known,
                                world.publicNames(),
                                known.state().organization().flatMap(desired::slug))),
                new PublicNameObserver(live, world.aliases())::observe,
                PublicNamePlanner::plan,
                pauses,
                new PublicNameActor(world.cluster(), world.leases(), world.reports())::act);
        this.machines = new Reconciler<>(
                id -> machine(desired, id),
                new MachinesObserver(world.hypervisor(), live, door, world.rendering(), world.clock())::observe,
                MachinesPlanner::plan,
                new PauseGate<>(id -> owner(desired, id), desired, world.leases(), world.reports()),
                new MachinesActor(world.hypervisor(), world.tenants(), world.leases(), world.reports())::act);
    }

    @Override
    public WorkOutcome work(WorkKey key) throws InterruptedException {
        return telling.work(key);
    }

    private WorkOutcome look(WorkKey key) throws InterruptedException {
        return switch (key.subject()) {
            case CERTIFICATES -> certificates.work(new ClusterId(key.id()));
            case CONTROL_PLANE -> controlPlane.work(new ClusterId(key.id()));
            case ADDONS -> addons.work(new ClusterId(key.id()));
            case PUBLIC_NAME -> unwatched(publicNames.work(new ClusterId(key.id())));
            case CALENDAR -> unwatched(calendar.work(new ClusterId(key.id())));
            case MACHINE -> unwatched(machines.work(new MachineId(key.id())));
        };
    }

    /** Neither a hypervisor nor somebody's zone tells of its changes, nor a calendar of its times. */
    private static WorkOutcome unwatched(WorkOutcome outcome) {
        return outcome instanceof WorkOutcome.Done ? WorkOutcome.UNWATCHED : outcome;
    }

    private static Optional<DesiredMachine> machine(DesiredWorld desired, MachineId id) {
        return desired.machine(id)
                .flatMap(machine -> Optional.ofNullable(machine.state().reservation())
                        .flatMap(reservation -> desired.cluster(reservation.clusterId()))
                        .flatMap(cluster -> DesiredMachine.of(
                                machine,
                                cluster,
                                Optional.ofNullable(cluster.state().request())
                                        .flatMap(request -> desired.network(request.clusterId()))
                                        .map(NetworkEvent.NetworkAllocated::workerSubnet))));
    }

    private static Optional<TellingWorker.Owner> ownerOf(DesiredWorld desired, WorkKey key) {
        return switch (key.subject()) {
            case CERTIFICATES, CONTROL_PLANE, ADDONS, PUBLIC_NAME, CALENDAR ->
                Optional.of(new TellingWorker.Owner(
                        new ClusterId(key.id()), key.subject().shown()));
            case MACHINE ->
                desired.machine(new MachineId(key.id()))
                        .flatMap(machine -> Optional.ofNullable(machine.state().reservation()))
                        .map(reservation ->
                                new TellingWorker.Owner(reservation.clusterId(), "machine " + reservation.name()));
        };
    }

    private static Optional<PauseGate.Owner> owner(DesiredWorld desired, MachineId id) {
        return desired.machine(id)
                .flatMap(machine -> Optional.ofNullable(machine.state().reservation()))
                .map(reservation -> new PauseGate.Owner(reservation.clusterId(), "Machine/" + reservation.name()));
    }
}
