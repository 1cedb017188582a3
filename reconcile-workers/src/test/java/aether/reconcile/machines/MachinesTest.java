package aether.reconcile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Fault;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineStatus;
import aether.reconcile.addons.BootstrapToken;
import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.hypervisor.VirtualMachine.Power;
import aether.reconcile.kube.Golden;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.loop.Plan;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.render.RenderingOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachinesTest {

    private static final MachineId ID = SomeMachines.ID;
    private static final NodeCondition UNKNOWN = new NodeCondition.Unknown();
    private static final MachineConfig CONFIG = new MachineConfig.LoadBalancer("10.2.0.2", "as told", "as let");

    private static DesiredMachine worker(MachineStatus status) {
        return SomeMachines.worker(status, "10.64.0.2");
    }

    private static VirtualMachine vm(Power power, boolean configured) {
        return new VirtualMachine(
                100,
                "uuid-1",
                "shop-blue-0",
                Set.of("aether-machine-" + ID, "epoch-1"),
                power,
                configured,
                "as told",
                "as let",
                "10.9.0.1");
    }

    private static ObservedMachine observed(VirtualMachine machine, NodeCondition node) {
        return new ObservedMachine(Optional.of(machine), Optional.empty(), Optional.of(CONFIG), Optional.empty(), node);
    }

    private static ObservedMachine nothing() {
        return new ObservedMachine(Optional.empty(), Optional.empty(), Optional.of(CONFIG), Optional.empty(), UNKNOWN);
    }

    private static List<MachinesStep> steps(DesiredMachine desired, ObservedMachine observed) {
        return MachinesPlanner.plan(desired, observed).steps();
    }

    @Test
    void aLoadBalancerIsToldAnewWhatHasChangedAndAWorkerIsNot() {
        MachineConfig other = new MachineConfig.LoadBalancer("10.2.0.2", "as wanted", "as let");
        VirtualMachine running = vm(Power.RUNNING, true);
        ObservedMachine changed = new ObservedMachine(
                Optional.of(running), Optional.empty(), Optional.of(other), Optional.empty(), UNKNOWN);

        assertThat(steps(SomeMachines.balancer(MachineStatus.READY), changed))
                .containsExactly(new MachinesStep.Configure(running, other));
        MachineConfig open = new MachineConfig.LoadBalancer("10.2.0.2", "as told", "as opened by somebody");
        assertThat(steps(
                        SomeMachines.balancer(MachineStatus.READY),
                        new ObservedMachine(
                                Optional.of(running), Optional.empty(), Optional.of(open), Optional.empty(), UNKNOWN)))
                .as("another firewall alone")
                .containsExactly(new MachinesStep.Configure(running, open));
        assertThat(steps(SomeMachines.balancer(MachineStatus.READY), observed(running, UNKNOWN)))
                .as("a balancer that was told what is wanted")
                .isEmpty();
        MachineConfig worker = new MachineConfig.Worker("tenant", "ca", "1.34.1", "10.64.0.2", "talos", "closed");
        assertThat(steps(
                        worker(MachineStatus.READY),
                        new ObservedMachine(
                                Optional.of(running),
                                Optional.empty(),
                                Optional.of(worker),
                                Optional.empty(),
                                new NodeCondition.Ready())))
                .isEmpty();
    }

    @Test
    void aReservedMachineIsCloned() {
        assertThat(steps(worker(MachineStatus.RESERVED), nothing())).containsExactly(new MachinesStep.Clone());
    }

    @Test
    void aCloneThatIsThereAlreadyIsRecognisedAndNotMadeAgain() {
        VirtualMachine machine = vm(Power.STOPPED, false);

        assertThat(steps(worker(MachineStatus.RESERVED), observed(machine, UNKNOWN)))
                .containsExactly(new MachinesStep.ReportCloned(), new MachinesStep.Configure(machine, CONFIG));
    }

    @Test
    void everythingThatWasDoneBeforeACrashIsReportedAtOnce() {
        assertThat(steps(worker(MachineStatus.RESERVED), observed(vm(Power.RUNNING, true), new NodeCondition.Ready())))
                .containsExactly(
                        new MachinesStep.ReportCloned(),
                        new MachinesStep.ReportConfigured(),
                        new MachinesStep.ReportStarted("10.9.0.1"),
                        new MachinesStep.ReportReady());
    }

    @ParameterizedTest
    @EnumSource(
            value = MachineStatus.class,
            names = {"LOST", "DELETED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aStrangersMachineIsNeverTouched(MachineStatus status) {
        VirtualMachine stranger =
                new VirtualMachine(100, "uuid-9", "payroll", Set.of("finance"), Power.RUNNING, true, "10.9.9.9");

        Plan<MachinesStep> plan = MachinesPlanner.plan(worker(status), observed(stranger, UNKNOWN));

        assertThat(plan.steps()).isEmpty();
        String sentence = "Expected VM id 100 to be free or ours, but VM 'payroll' (uuid-9) holds it without the tag"
                + " aether-machine-" + ID + "; it is left alone";
        assertThat(plan.then())
                .isEqualTo(new WorkOutcome.Failed(
                        sentence, List.of(new Hindrance(Fault.INFRASTRUCTURE, "VmIdTaken", sentence))));
    }

    @Test
    void ourTagUnderAnotherIdNeedsAPerson() {
        ObservedMachine elsewhere = new ObservedMachine(
                Optional.empty(), Optional.of(vm(Power.RUNNING, true)), Optional.empty(), Optional.empty(), UNKNOWN);

        Plan<MachinesStep> plan = MachinesPlanner.plan(worker(MachineStatus.RESERVED), elsewhere);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.then()).isInstanceOf(WorkOutcome.Failed.class);
        assertThat(plan.then().hindrances()).extracting(Hindrance::reason).containsExactly("TwoMachines");
    }

    @Test
    void aReadyWorkerWhoseMachineIsGoneIsLost() {
        assertThat(steps(worker(MachineStatus.READY), nothing()))
                .containsExactly(new MachinesStep.ReportLost("its VM is gone"));
    }

    @Test
    void aReadyLoadBalancerThatIsGoneIsMadeAgain() {
        assertThat(steps(SomeMachines.balancer(MachineStatus.READY), nothing()))
                .containsExactly(
                        new MachinesStep.Clone(), new MachinesStep.ReportDrift("its VM was gone", "is made again"));
    }

    @Test
    void aLoadBalancerThatIsMadeAgainIsStartedWithoutAnotherWord() {
        VirtualMachine machine = vm(Power.STOPPED, false);

        assertThat(steps(SomeMachines.balancer(MachineStatus.READY), observed(machine, UNKNOWN)))
                .containsExactly(new MachinesStep.Configure(machine, CONFIG), new MachinesStep.Start(machine));
    }

    @Test
    void aReadyMachineThatWasStoppedIsStartedAgain() {
        VirtualMachine machine = vm(Power.STOPPED, true);

        assertThat(steps(worker(MachineStatus.READY), observed(machine, UNKNOWN)))
                .containsExactly(
                        new MachinesStep.Start(machine),
                        new MachinesStep.ReportDrift("its VM was stopped", "is started again"));
    }

    @Test
    void aNodeMayBeAwayForAWhileButNotForLong() {
        DesiredMachine ready = worker(MachineStatus.READY);
        VirtualMachine machine = vm(Power.RUNNING, true);

        assertThat(steps(ready, observed(machine, new NodeCondition.NotReady(Duration.ofMinutes(1)))))
                .isEmpty();
        assertThat(steps(ready, observed(machine, new NodeCondition.NotReady(MachinesPlanner.NODE_PATIENCE))))
                .containsExactly(new MachinesStep.ReportLost("its node has not been ready for 5 minutes"));
    }

    @Test
    void aSteadyMachineNeedsNothing() {
        assertThat(MachinesPlanner.plan(
                        worker(MachineStatus.READY), observed(vm(Power.RUNNING, true), new NodeCondition.Ready())))
                .isEqualTo(Plan.done());
    }

    @Test
    void retiringStopsThenDeletesThenSaysSo() {
        DesiredMachine retiring = worker(MachineStatus.RETIRING);
        VirtualMachine running = vm(Power.RUNNING, true);
        VirtualMachine stopped = vm(Power.STOPPED, true);

        assertThat(steps(retiring, observed(running, UNKNOWN))).containsExactly(new MachinesStep.Stop(running));
        assertThat(steps(retiring, observed(stopped, UNKNOWN))).containsExactly(new MachinesStep.Delete(stopped));
        assertThat(steps(retiring, nothing())).containsExactly(new MachinesStep.ReportDeleted());
        assertThat(steps(
                        retiring,
                        new ObservedMachine(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("n-1"), UNKNOWN)))
                .containsExactly(new MachinesStep.ForgetNode("n-1"), new MachinesStep.ReportDeleted());
    }

    @Test
    void theMachineConfigIsRenderedAsBefore() throws IOException {
        Golden.assertSame(
                "talos-worker.yaml",
                TalosRendering.worker(
                        worker(MachineStatus.CLONED),
                        "10.2.0.2:6443",
                        "-----BEGIN CERTIFICATE-----",
                        new BootstrapToken("abcdef", "0123456789abcdef"),
                        new RenderingOptions("images.example/", Map.of())));
    }

    /** Talos takes one CA, which is the newer one, and a list of others that it accepts beside it. */
    @Test
    void whileTheClusterAuthorityIsRotatedAWorkerIsToldOfBoth() {
        String old = "-----BEGIN CERTIFICATE-----\nb2xk\n-----END CERTIFICATE-----\n";
        String fresh = "-----BEGIN CERTIFICATE-----\nbmV3\n-----END CERTIFICATE-----\n";

        assertThat(TalosRendering.worker(
                        worker(MachineStatus.CLONED),
                        "10.2.0.2:6443",
                        old + fresh,
                        new BootstrapToken("abcdef", "0123456789abcdef"),
                        new RenderingOptions("images.example/", Map.of())))
                .contains("  ca:\n    crt: " + base64(fresh) + "\n  acceptedCAs:\n    - crt: " + base64(old)
                        + "\n  network:\n");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
