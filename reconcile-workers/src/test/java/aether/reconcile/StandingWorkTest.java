package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.Fault;
import aether.domain.machine.MachineShape;
import aether.domain.process.ProvisionCluster;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.NewMachine;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.loop.Hindrance;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each cause is made in the sandbox and lasts: it is told once, with whose it is. Then it is taken away, and nobody
 * does anything but wait: it is told once that work goes on.
 */
@Tag("slow")
class StandingWorkTest {

    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);
    private static final String LOAD_BALANCER = "machine shop-lb-00000000";

    @TempDir
    Path directory;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private SandboxWorld world;
    private Landscape landscape;

    @BeforeEach
    void start() throws Exception {
        world = new SandboxWorld(directory, () -> Instant.now().plus(ahead.get()));
        landscape = new Landscape(world.outside(), Breaker.nowhere());
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    private void run() throws Exception {
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        settle();
        assertThat(told()).isEmpty();
    }

    private void settle() throws Exception {
        landscape.runUntil(
                () -> landscape.troubles().isEmpty() && world.sandbox().isIdle());
    }

    private List<ClusterEvent> told() {
        return landscape.log().events().stream()
                .filter(event -> event instanceof ClusterEvent.WorkStalled || event instanceof ClusterEvent.WorkResumed)
                .map(ClusterEvent.class::cast)
                .toList();
    }

    private List<ClusterEvent> told(String work) {
        return told().stream()
                .filter(event -> switch (event) {
                    case ClusterEvent.WorkStalled stalled -> stalled.work().equals(work);
                    case ClusterEvent.WorkResumed resumed -> resumed.work().equals(work);
                    default -> false;
                })
                .toList();
    }

    /** A cause that is there for less than the patience is nobody's business; then it is told, and told once. */
    private ClusterEvent.WorkStalled stalls(String work, Fault fault, String reason) throws Exception {
        landscape.runUntil(() -> landscape.troubles().keySet().stream().anyMatch(key -> key.startsWith(key(work))));
        for (int look = 0; look < 3; look++) {
            landscape.step();
        }
        assertThat(told(work)).as("before it has lasted").isEmpty();
        landscape.pass(Hindrance.LATER);
        landscape.runUntil(() -> !told(work).isEmpty());
        landscape.restart();
        for (int look = 0; look < 3; look++) {
            landscape.step();
            landscape.pass(Hindrance.LATER);
        }
        assertThat(told(work)).singleElement().isInstanceOfSatisfying(ClusterEvent.WorkStalled.class, stalled -> {
            assertThat(stalled.fault()).isEqualTo(fault);
            assertThat(stalled.reason()).isEqualTo(reason);
            assertThat(stalled.message()).isNotEmpty();
            assertThat(stalled.since()).isBefore(Instant.now().plus(Hindrance.LATER.multipliedBy(2)));
        });
        assertThat(Tenant.state(landscape).stalls()).containsKey(work);
        return (ClusterEvent.WorkStalled) told(work).getFirst();
    }

    private static String key(String work) {
        return work.startsWith("machine") ? "machine" : work.replace('-', '_');
    }

    private void goesOn(String work, Fault fault, String reason) throws Exception {
        landscape.runUntil(() -> Tenant.state(landscape).stalls().isEmpty());
        settle();
        for (int look = 0; look < 3; look++) {
            landscape.step();
        }
        assertThat(told(work)).hasSize(2);
        assertThat(told(work).getLast()).isInstanceOfSatisfying(ClusterEvent.WorkResumed.class, resumed -> {
            assertThat(resumed.fault()).isEqualTo(fault);
            assertThat(resumed.reason()).isEqualTo(reason);
        });
        assertThat(world.doubles()).isEmpty();
    }

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

    @Test
    void aTenantApiThatDoesNotAnswerAlthoughItsPodsServeIsTold() throws Exception {
        run();
        world.sandbox().tenants().faults(NAMESPACE).unavailableFor(Duration.ofHours(1));

        stalls("control-plane", Fault.INFRASTRUCTURE, "TenantApiAway");

        world.sandbox().tenants().faults(NAMESPACE).heal();
        goesOn("control-plane", Fault.INFRASTRUCTURE, "TenantApiAway");
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
    void aDiskThatDoesNotComeIsTold() throws Exception {
        world.sandbox().podFaults().keepClaimsPending();
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> world.sandbox()
                .management()
                .find(Types.CLAIM, NAMESPACE, "data-etcd-0")
                .isPresent());

        assertThat(stalls("control-plane", Fault.INFRASTRUCTURE, "ClaimPending").message())
                .isEqualTo("PersistentVolumeClaim/data-etcd-0 has no volume yet");

        world.sandbox().podFaults().heal();
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("control-plane", Fault.INFRASTRUCTURE, "ClaimPending");
    }

    @Test
    void aPodThatFindsNoNodeIsTold() throws Exception {
        run();
        world.sandbox().podFaults().leaveWithoutNode("kube-scheduler");

        assertThat(stalls("control-plane", Fault.INFRASTRUCTURE, "NotScheduled").message())
                .contains("has no node: 0/3 nodes are available");

        world.sandbox().podFaults().heal();
        goesOn("control-plane", Fault.INFRASTRUCTURE, "NotScheduled");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ImagePullBackOff           | INFRASTRUCTURE | ImageNotPulled
            ErrImagePull               | INFRASTRUCTURE | ImageNotPulled
            InvalidImageName           | OURS           | ImageInvalid
            CreateContainerConfigError | INFRASTRUCTURE | SecretMissing
            CrashLoopBackOff           | OURS           | CrashLooping
            """)
    void aPodThatDoesNotRunIsTold(String waiting, Fault fault, String reason) throws Exception {
        run();
        world.sandbox().podFaults().wait("kube-scheduler", waiting);

        assertThat(stalls("control-plane", fault, reason).message()).contains("kube-scheduler waits: " + waiting);
        assertThat(Tenant.state(landscape).status()).isEqualTo(ClusterStatus.DEGRADED);

        world.sandbox().podFaults().heal();
        goesOn("control-plane", fault, reason);
        assertThat(Tenant.state(landscape).status()).isEqualTo(ClusterStatus.RUNNING);
    }

    @Test
    void whatACustomerHasSaidHowToRunIsTheCustomersWhenItCrashes() throws Exception {
        run();
        landscape.ask(new ClusterCommand.ConfigureControlPlane(
                Tenant.CLUSTER, null, new ExtraArgs(List.of(), List.of(), List.of("--kube-api-qps=50"))));
        settle();
        world.sandbox().podFaults().wait("kube-scheduler", "CrashLoopBackOff");

        stalls("control-plane", Fault.CUSTOMER, "SettingsRefused");

        world.sandbox().podFaults().heal();
        goesOn("control-plane", Fault.CUSTOMER, "SettingsRefused");
    }

    @Test
    void aSecretWhoseReissueIsDeniedIsTold() throws Exception {
        Duration twoHours = Duration.ofHours(2); // cert-manager waits an hour after the first failure
        ahead.set(twoHours.negated());
        run();
        deny("\"policy says no\"");
        world.sandbox().management().delete(Types.SECRET, NAMESPACE, "apiserver", Deletion.PLAIN);

        assertThat(stalls("certificates", Fault.INFRASTRUCTURE, "RequestDenied").message())
                .contains("Certificate/apiserver", "policy says no");

        deny("null");
        pass(twoHours);
        goesOn("certificates", Fault.INFRASTRUCTURE, "RequestDenied");
    }

    @Test
    void aSecretThatIsDeletedComesBackBeforeAnybodyHasToBeTold() throws Exception {
        run();
        world.sandbox().management().delete(Types.SECRET, NAMESPACE, "scheduler", Deletion.PLAIN);
        landscape.runUntil(() -> landscape.log().events().getLast() instanceof ClusterEvent.CertificatesRenewed);
        settle();

        assertThat(told()).isEmpty();
    }

    @Test
    void aCertManagerThatIsGoneIsTold() throws Exception {
        world.sandbox().certManagerAbsent(true);
        Tenant.request(landscape, 0);

        assertThat(stalls("certificates", Fault.INFRASTRUCTURE, "CertManagerSilent")
                        .message())
                .endsWith("it was not looked at yet");

        world.sandbox().certManagerAbsent(false);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("certificates", Fault.INFRASTRUCTURE, "CertManagerSilent");
    }

    @Test
    void aKeyOfSecretsThatIsGoneIsToldAndNeverReplaced() throws Exception {
        run();
        ObjectNode kept = world.sandbox()
                .management()
                .find(Types.SECRET, NAMESPACE, "secrets-encryption")
                .orElseThrow()
                .deepCopy();
        world.sandbox().management().delete(Types.SECRET, NAMESPACE, "secrets-encryption", Deletion.PLAIN);

        stalls("control-plane", Fault.INFRASTRUCTURE, "EncryptionKeyGone");

        kept.withObject("metadata").remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields"));
        world.sandbox().management().create(Types.SECRET, NAMESPACE, kept, WriteOptions.by("an-operator"));
        goesOn("control-plane", Fault.INFRASTRUCTURE, "EncryptionKeyGone");
        assertThat(Tenant.state(landscape).status()).isEqualTo(ClusterStatus.RUNNING);
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

    @Test
    void aClockThatIsAheadIsToldAtOnceAndOverWhenTheTimeHasCome() throws Exception {
        ahead.set(Duration.ofSeconds(20));
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> !told("certificates").isEmpty());

        assertThat(told("certificates"))
                .singleElement()
                .isInstanceOfSatisfying(ClusterEvent.WorkStalled.class, stalled -> {
                    assertThat(stalled.fault()).isEqualTo(Fault.INFRASTRUCTURE);
                    assertThat(stalled.reason()).isEqualTo("ClockSkew");
                    assertThat(stalled.message()).contains("by our clock is still to come");
                });

        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("certificates", Fault.INFRASTRUCTURE, "ClockSkew");
    }

    private void deny(String reason) {
        world.sandbox()
                .management()
                .patch(
                        Types.CERTIFICATE,
                        NAMESPACE,
                        "apiserver",
                        new Patch.Merge(Json.parseObject(
                                "{\"metadata\":{\"annotations\":{\"sandbox.aetherplatform.cloud/deny\":" + reason
                                        + "}}}")),
                        WriteOptions.by("a-policy"));
    }

    /** For cert-manager first. */
    private void pass(Duration time) throws Exception {
        ahead.updateAndGet(before -> before.plus(time));
        world.sandbox().recheck();
        landscape.runUntil(world.sandbox()::isIdle);
    }
}
