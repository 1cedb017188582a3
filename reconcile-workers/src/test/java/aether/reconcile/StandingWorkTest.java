package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.Fault;
import aether.domain.machine.MachineShape;
import aether.domain.process.ProvisionCluster;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.NewMachine;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import aether.sandbox.http.Faults;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each cause is made in the sandbox and lasts: it is told once, with whose it is. Then it is taken away, and nobody
 * does anything but wait: it is told once that work goes on.
 */
@Tag("slow")
class StandingWorkTest extends StandingWorld {

    private static final String LOAD_BALANCER = "machine shop-lb-00000000";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | InternalError      | etcdserver: request timed out                                   | INFRASTRUCTURE | ApiFailed
            429 | TooManyRequests    | the server has received too many requests                       | INFRASTRUCTURE | ApiBusy
            409 | Conflict           | the object has been modified                                    | INFRASTRUCTURE | ChangedMeanwhile
            410 | Expired            | too old resource version                                        | INFRASTRUCTURE | TooOld
            403 | Forbidden          | services is forbidden: User "aether" cannot patch               | INFRASTRUCTURE | NotAllowed
            403 | Forbidden          | services "a" is forbidden: exceeded quota: q, requested: 1      | INFRASTRUCTURE | QuotaExceeded
            400 | BadRequest         | admission webhook "w.example" denied the request: no            | INFRASTRUCTURE | WebhookRefused
            500 | InternalError      | failed calling webhook "w.example": connection refused          | INFRASTRUCTURE | WebhookAway
            500 | InternalError      | etcdserver: mvcc: database space exceeded                       | INFRASTRUCTURE | EtcdFull
            500 | InternalError      | failed to create typed patch: .spec.x: field not declared in schema | INFRASTRUCTURE | KindOutdated
            422 | Invalid            | Service "etcd" is invalid: spec.ports                           | OURS           | Invalid
            """)
    void aRefusedWriteIsTold(int status, String word, String message, Fault fault, String reason) throws Exception {
        run();
        world.sandbox().kubernetesFaults().refuse("patch", status, word, message);
        world.sandbox().management().delete(Types.SERVICE, NAMESPACE, TenantNames.ETCD, Deletion.PLAIN);

        assertThat(stalls("control-plane", fault, reason).message()).contains(message);

        world.sandbox().kubernetesFaults().heal();
        goesOn("control-plane", fault, reason);
        assertThat(world.cluster().find(new ObjectRef(ResourceKind.SERVICE, NAMESPACE, TenantNames.ETCD)))
                .isPresent();
    }

    @Test
    void kindsThatAreNotServedAreTold() throws Exception {
        run();
        world.sandbox()
                .kubernetesFaults()
                .refuse("list", 404, "NotFound", "the server could not find the requested resource");

        stalls("certificates", Fault.INFRASTRUCTURE, "KindNotServed");

        world.sandbox().kubernetesFaults().heal();
        goesOn("certificates", Fault.INFRASTRUCTURE, "KindNotServed");
    }

    @Test
    void anApiServerThatIsUnavailableForMinutesIsTold() throws Exception {
        run();
        world.sandbox().kubernetesFaults().unavailableFor(Duration.ofHours(1));

        stalls("control-plane", Fault.INFRASTRUCTURE, "ApiFailed");
        assertThat(told("certificates")).hasSize(1);

        world.sandbox().kubernetesFaults().heal();
        goesOn("control-plane", Fault.INFRASTRUCTURE, "ApiFailed");
        assertThat(told("certificates")).hasSize(2);
    }

    @Test
    void anApiServerThatIsGoneIsTold() throws Exception {
        run();
        world.stop();

        stalls("control-plane", Fault.INFRASTRUCTURE, "ApiAway");

        world.startAgain();
        goesOn("control-plane", Fault.INFRASTRUCTURE, "ApiAway");
    }

    /** The sandbox is both: what asks the hypervisor finds nobody either. */
    @Test
    void aHypervisorThatIsGoneIsTold() throws Exception {
        run();
        world.stop();

        stalls(LOAD_BALANCER, Fault.INFRASTRUCTURE, "HypervisorAway");

        world.startAgain();
        goesOn(LOAD_BALANCER, Fault.INFRASTRUCTURE, "HypervisorAway");
    }

    @Test
    void aHypervisorThatRefusesIsTold() throws Exception {
        run();
        world.sandbox().hypervisorFaults().refuse("get", 403, "forbidden", "Expected VM.Audit, but the role has not");

        assertThat(stalls(LOAD_BALANCER, Fault.INFRASTRUCTURE, "HypervisorRefused")
                        .message())
                .contains("Expected VM.Audit");

        world.sandbox().hypervisorFaults().heal();
        goesOn(LOAD_BALANCER, Fault.INFRASTRUCTURE, "HypervisorRefused");
    }

    @Test
    void aVmIdThatSomebodyElseHasIsTold() throws Exception {
        VirtualMachine stranger = somebodyMakes(100, "finance");
        Tenant.request(landscape, 0);

        assertThat(stalls(LOAD_BALANCER, Fault.INFRASTRUCTURE, "VmIdTaken").message())
                .contains("VM 'payroll'", "it is left alone");
        assertThat(hypervisor().find(100)).contains(stranger);

        hypervisor().delete(stranger);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn(LOAD_BALANCER, Fault.INFRASTRUCTURE, "VmIdTaken");
    }

    @Test
    void oursUnderAnotherIdIsTold() throws Exception {
        VirtualMachine other = somebodyMakes(150, "aether-machine-" + ProvisionCluster.loadBalancerOf(Tenant.CLUSTER));
        Tenant.request(landscape, 0);

        assertThat(stalls(LOAD_BALANCER, Fault.INFRASTRUCTURE, "TwoMachines").message())
                .contains("under VM id 100, but VM 150 ('payroll') carries its tag");

        hypervisor().delete(other);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn(LOAD_BALANCER, Fault.INFRASTRUCTURE, "TwoMachines");
    }

    private Hypervisor hypervisor() {
        return world.outside().hypervisor();
    }

    private VirtualMachine somebodyMakes(int vmId, String tag) throws Exception {
        hypervisor().clone(new NewMachine(vmId, "payroll", new MachineShape(1, 1, 8), List.of(tag)));
        landscape.runUntil(() -> hypervisor()
                .find(vmId)
                .filter(machine -> machine.power() != VirtualMachine.Power.CLONING)
                .isPresent());
        return hypervisor().find(vmId).orElseThrow();
    }

    /** Somebody takes an object over while it is going. */
    @Test
    void whatIsNoLongerOursIsLeftAloneAndTold() throws Exception {
        run();
        world.sandbox().kubernetesFaults().refuse("delete", 500, "InternalError", "not now");
        landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
        landscape.runUntil(() -> Tenant.state(landscape).status() == ClusterStatus.DELETING
                && landscape.troubles().keySet().stream().anyMatch(key -> key.startsWith("control_plane")));
        label("somebody-elses");
        world.sandbox().kubernetesFaults().heal();

        assertThat(stalls("control-plane", Fault.INFRASTRUCTURE, "NotOurs").message())
                .contains("ClusterIssuer/" + TenantNames.root(Tenant.CLUSTER), "it is left alone");

        label(Tenant.CLUSTER.toString());
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
        assertThat(world.cluster()
                        .find(new ObjectRef(ResourceKind.CLUSTER_ISSUER, "", TenantNames.root(Tenant.CLUSTER))))
                .isEmpty();
    }

    private void label(String cluster) {
        world.sandbox()
                .management()
                .patch(
                        Types.CLUSTER_ISSUER,
                        "",
                        TenantNames.root(Tenant.CLUSTER),
                        new Patch.Merge(Json.parseObject(
                                "{\"metadata\":{\"labels\":{\"" + Labels.CLUSTER + "\":\"" + cluster + "\"}}}")),
                        WriteOptions.by("somebody"));
    }

    @Test
    void aHypervisorThatDoesNotAnswerIsTold() throws Exception {
        run();
        world.sandbox().hypervisorFaults().unavailableFor(Duration.ofHours(1));

        stalls(LOAD_BALANCER, Fault.INFRASTRUCTURE, "HypervisorFailed");

        world.sandbox().hypervisorFaults().heal();
        goesOn(LOAD_BALANCER, Fault.INFRASTRUCTURE, "HypervisorFailed");
    }

    @Test
    void whatATenantHasPutIntoItsOwnApiIsTheTenants() throws Exception {
        run();
        Faults faults = world.sandbox().tenants().faults(NAMESPACE);
        faults.refuse("patch", 400, "BadRequest", "admission webhook \"mine.example\" denied the request: no");
        var tenant = world.outside().tenants().current(Tenant.CLUSTER).orElseThrow();
        ObjectRef dns = new ObjectRef(ResourceKind.DEPLOYMENT, "kube-system", "coredns");
        tenant.delete(dns, tenant.find(dns).orElseThrow().at("/metadata/uid").asString(""));

        stalls("addons", Fault.CUSTOMER, "WebhookRefused");

        faults.heal();
        goesOn("addons", Fault.CUSTOMER, "WebhookRefused");
        assertThat(tenant.find(dns)).isPresent();
    }
}
