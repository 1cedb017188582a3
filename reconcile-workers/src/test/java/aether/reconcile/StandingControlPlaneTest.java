package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.Fault;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.render.Images;
import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** As {@link StandingWorkTest}, for what keeps a control plane from serving. */
@Tag("slow")
class StandingControlPlaneTest extends StandingWorld {

    @Test
    void aDiskThatDoesNotComeIsToldAndWaitedForBeyondEveryDeadline() throws Exception {
        world.sandbox().podFaults().keepClaimsPending();
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> world.sandbox()
                .management()
                .find(Types.CLAIM, NAMESPACE, "data-etcd-0")
                .isPresent());

        assertThat(stalls("control-plane", Fault.INFRASTRUCTURE, "ClaimPending").message())
                .isEqualTo("PersistentVolumeClaim/data-etcd-0 has no volume yet");

        landscape.sagas().passNewestDeadline();
        landscape.runUntil(() ->
                landscape.log().events().stream().anyMatch(ClusterEvent.ClusterProvisioningDelayed.class::isInstance));
        assertThat(Tenant.state(landscape).status()).isEqualTo(ClusterStatus.PROVISIONING);

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
    void aTenantApiThatDoesNotAnswerAlthoughItsPodsServeIsTold() throws Exception {
        run();
        world.sandbox().tenants().faults(NAMESPACE).unavailableFor(Duration.ofHours(1));

        stalls("control-plane", Fault.INFRASTRUCTURE, "TenantApiAway");

        world.sandbox().tenants().faults(NAMESPACE).heal();
        goesOn("control-plane", Fault.INFRASTRUCTURE, "TenantApiAway");
    }

    @Test
    void aVolumeThatIsLostIsTold() throws Exception {
        world.sandbox().podFaults().loseVolumes();
        Tenant.request(landscape, 0);

        assertThat(stalls("control-plane", Fault.INFRASTRUCTURE, "ClaimLost").message())
                .isEqualTo("PersistentVolumeClaim/data-etcd-0 lost its volume");

        world.sandbox().podFaults().heal();
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("control-plane", Fault.INFRASTRUCTURE, "ClaimLost");
    }

    @Test
    void anImageWithoutTheDigestThatASiteAsksForIsTold() throws Exception {
        run();
        Landscape.Outside before = world.outside();
        landscape.restart(new Landscape.Outside(
                before.cluster(),
                before.tenants(),
                before.addresses(),
                before.hypervisor(),
                before.rendering().with(new Images("", Map.of(), true))));

        assertThat(stalls("control-plane", Fault.OURS, "ImageNotPinned").message())
                .contains("digest");

        landscape.restart(before);
        goesOn("control-plane", Fault.OURS, "ImageNotPinned");
    }

    @Test
    void aSnapshotThatFailsBeforeAnUpgradeIsTold() throws Exception {
        landscape.restart(world.outside(SandboxWorld.upkeep(true)));
        run();
        world.sandbox().podFaults().failTasks("the store is away");
        landscape.ask(new ClusterCommand.UpgradeCluster(Tenant.CLUSTER, KubernetesVersion.SUPPORTED.getLast()));

        assertThat(stalls("control-plane", Fault.INFRASTRUCTURE, "SnapshotFailed")
                        .message())
                .contains("the store is away", "delete it to have it tried again");
        assertThat(Tenant.state(landscape).observed()).isEqualTo(Tenant.VERSION);

        world.sandbox().podFaults().heal();
        String job = world.sandbox()
                .management()
                .list(Types.JOB, NAMESPACE, Selection.ALL)
                .items()
                .getFirst()
                .at("/metadata/name")
                .asString("");
        world.sandbox().management().delete(Types.JOB, NAMESPACE, job, Deletion.PLAIN);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("control-plane", Fault.INFRASTRUCTURE, "SnapshotFailed");
    }
}
