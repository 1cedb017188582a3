package aether.reconcile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineStatus;
import aether.reconcile.doubles.EmptyKubeApi;
import aether.reconcile.doubles.MemoryHypervisor;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.report.Reports;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The entry of a retired machine goes from the tenant's API, and its end does not wait for that. */
class LeftNodeTest {

    private static final DesiredMachine RETIRING = SomeMachines.worker(MachineStatus.RETIRING, "10.64.0.2");

    /** One tenant's API, there or away. */
    private record OneTenant(EmptyKubeApi api, boolean away) implements TenantApis {
        @Override
        public KubeApi of(ClusterId clusterId, TenantAccess access) {
            return api;
        }

        @Override
        public Optional<KubeApi> current(ClusterId clusterId) {
            if (away) {
                throw new OutsideFailure(OutsideFailure.Kind.AWAY, "Expected an API, but it is away");
            }
            return Optional.of(api);
        }

        @Override
        public void forget(ClusterId clusterId) {
            // one connection, never closed
        }
    }

    private static final ObjectRef NODE = MachinesObserver.nodeOf(RETIRING);

    private static EmptyKubeApi withTheNode() {
        EmptyKubeApi api = new EmptyKubeApi();
        api.apply(Rendered.of(new NodeBuilder()
                .withNewMetadata()
                .withName(NODE.name())
                .endMetadata()
                .build()));
        return api;
    }

    private static List<Command> reported(TenantApis tenants) {
        List<Command> reported = new ArrayList<>();
        MachinesActor actor = new MachinesActor(
                new MemoryHypervisor(),
                tenants,
                tenant -> 1,
                new Reports(
                        (id, command, cause) -> {
                            reported.add(command);
                            return new Outcome.Accepted(true);
                        },
                        tenant -> {}));
        actor.act(RETIRING, new MachinesStep.ForgetNode("uid"));
        actor.act(RETIRING, new MachinesStep.ReportDeleted());
        return reported;
    }

    @Test
    void itGoes() {
        EmptyKubeApi api = withTheNode();

        assertThat(reported(new OneTenant(api, false)))
                .containsExactly(new MachineCommand.RecordMachineDeleted(RETIRING.id(), 1));
        assertThat(api.find(NODE)).isEmpty();
    }

    @Test
    void anApiThatIsAwayHoldsNothingUp() {
        EmptyKubeApi api = withTheNode();

        assertThat(reported(new OneTenant(api, true)))
                .containsExactly(new MachineCommand.RecordMachineDeleted(RETIRING.id(), 1));
        assertThat(api.find(NODE)).isPresent();
    }
}
