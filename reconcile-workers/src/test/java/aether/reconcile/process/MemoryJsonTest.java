package aether.reconcile.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineShape;
import aether.domain.process.HibernateCluster;
import aether.domain.process.PoolData;
import aether.domain.process.PoolMember;
import aether.domain.process.Progress;
import aether.domain.process.ProvisionCluster;
import aether.domain.process.RetireCluster;
import aether.domain.process.RotateAuthority;
import aether.domain.process.ScalePool;
import aether.domain.process.UpgradeCluster;
import aether.domain.process.WaitingPools;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bytes that sagas are kept in: sagas of an earlier release have to be read by a later one. */
class MemoryJsonTest {

    private static final String CLUSTER = "00000000-0000-0002-0000-000000000002";
    private static final String ORGANIZATION = "00000000-0000-0001-0000-000000000001";
    private static final String POOL = "00000000-0000-0003-0000-000000000003";

    private static <S extends Enum<S>, D> void assertForm(
            MemoryJson<S, D> json, ProcessMemory<S, D> memory, String text) {
        assertThat(json.write(memory)).isEqualTo(text);
        assertThat(json.read(text)).isEqualTo(memory);
    }

    @Test
    void provisioningIsKeptAsBefore() {
        assertForm(
                new MemoryJson<>(ProvisionCluster.State.class, DataForms.PROVISION),
                new ProcessMemory<>(
                        new Progress<>(
                                ProvisionCluster.State.JOINING_POOLS,
                                new ProvisionCluster.Data(
                                        SampleEvents.CLUSTER,
                                        SampleEvents.ORGANIZATION,
                                        "north",
                                        "shop",
                                        "10.2.0.2",
                                        Set.of(SampleEvents.POOL)),
                                41,
                                41984),
                        ""),
                "{\"version\":1,\"last_position\":41,\"deadline_mark\":41984,\"state\":\"JOINING_POOLS\",\"data\":{"
                        + "\"cluster\":\"" + CLUSTER + "\",\"organization\":\"" + ORGANIZATION
                        + "\",\"region\":\"north\",\"cluster_name\":\"shop\",\"address\":\"10.2.0.2\",\"pools\":[\""
                        + POOL + "\"]}}");
    }

    @Test
    void retiringIsKeptAsBefore() {
        assertForm(
                new MemoryJson<>(RetireCluster.State.class, DataForms.RETIRE),
                new ProcessMemory<>(
                        new Progress<>(
                                RetireCluster.State.DELETING_POOLS,
                                new RetireCluster.Data(
                                        SampleEvents.CLUSTER, SampleEvents.ORGANIZATION, "north", Set.of()),
                                7,
                                -1),
                        "somebody has to look"),
                "{\"version\":1,\"last_position\":7,\"deadline_mark\":-1,\"state\":\"DELETING_POOLS\",\"data\":{"
                        + "\"cluster\":\"" + CLUSTER + "\",\"organization\":\"" + ORGANIZATION
                        + "\",\"region\":\"north\",\"pools\":[]},\"stopped\":\"somebody has to look\"}");
    }

    @Test
    void scalingIsKeptAsBefore() {
        MachineId machine = new MachineId(new UUID(4, 4));
        assertForm(
                new MemoryJson<>(ScalePool.State.class, DataForms.SCALE),
                new ProcessMemory<>(
                        new Progress<>(
                                ScalePool.State.SCALING,
                                new PoolData(
                                        SampleEvents.POOL,
                                        SampleEvents.CLUSTER,
                                        SampleEvents.ORGANIZATION,
                                        "shop",
                                        "north",
                                        "blue",
                                        new MachineShape(2, 4, 20),
                                        3,
                                        new TreeMap<>(Map.of(0, new PoolMember(machine, 1, true, false, true))),
                                        new TreeMap<>(Map.of(0, 2)),
                                        4,
                                        1),
                                9,
                                9216),
                        ""),
                "{\"version\":1,\"last_position\":9,\"deadline_mark\":9216,\"state\":\"SCALING\",\"data\":{"
                        + "\"pool\":\"" + POOL + "\",\"cluster\":\"" + CLUSTER + "\",\"organization\":\"" + ORGANIZATION
                        + "\",\"cluster_name\":\"shop\",\"region\":\"north\",\"name\":\"blue\",\"vcpus\":2,"
                        + "\"memory_gb\":4,\"disk_gb\":20,\"desired\":3,\"members\":[{\"ordinal\":0,\"machine\":\""
                        + machine + "\",\"generation\":1,\"ready\":true,\"leaving\":false,\"outdated\":true}],"
                        + "\"generations\":[{\"ordinal\":0,\"count\":2}],\"roll\":4,\"outdated_before\":1}}");
    }

    @Test
    void rotatingIsKeptAsBefore() {
        assertForm(
                new MemoryJson<>(RotateAuthority.State.class, DataForms.ROTATE),
                new ProcessMemory<>(
                        new Progress<>(
                                RotateAuthority.State.REJOINING,
                                new RotateAuthority.Data(
                                        SampleEvents.CLUSTER,
                                        CertificateAuthority.FRONT_PROXY,
                                        2,
                                        new WaitingPools(Map.of(SampleEvents.POOL, true))),
                                9,
                                9216),
                        ""),
                "{\"version\":1,\"last_position\":9,\"deadline_mark\":9216,\"state\":\"REJOINING\",\"data\":{"
                        + "\"cluster\":\"" + CLUSTER + "\",\"authority\":\"front-proxy\",\"generation\":2,\"pools\":{\""
                        + POOL + "\":true}}}");
    }

    @Test
    void aRotationThatDoesNotSayOfWhatIsOfTheClusterAuthority() {
        Progress<RotateAuthority.State, RotateAuthority.Data> kept = new MemoryJson<>(
                        RotateAuthority.State.class, DataForms.ROTATE)
                .read("{\"version\":1,\"last_position\":9,\"deadline_mark\":9216,\"state\":\"PREPARED\",\"data\":{"
                        + "\"cluster\":\"" + CLUSTER + "\",\"generation\":2,\"pools\":{}}}")
                .progress();

        assertThat(kept.data())
                .isEqualTo(new RotateAuthority.Data(
                        SampleEvents.CLUSTER, CertificateAuthority.CLUSTER, 2, new WaitingPools(Map.of())));
    }

    @Test
    void upgradingIsKeptAsBefore() {
        assertForm(
                new MemoryJson<>(UpgradeCluster.State.class, DataForms.UPGRADE),
                new ProcessMemory<>(
                        new Progress<>(
                                UpgradeCluster.State.NODES,
                                new UpgradeCluster.Data(
                                        SampleEvents.CLUSTER,
                                        new KubernetesVersion(1, 34, 1),
                                        new WaitingPools(Map.of(SampleEvents.POOL, true))),
                                9,
                                9216),
                        ""),
                "{\"version\":1,\"last_position\":9,\"deadline_mark\":9216,\"state\":\"NODES\",\"data\":{"
                        + "\"cluster\":\"" + CLUSTER + "\",\"to\":\"1.34.1\",\"pools\":{\"" + POOL + "\":true}}}");
    }

    @Test
    void hibernatingIsKeptAsBefore() {
        assertForm(
                new MemoryJson<>(HibernateCluster.State.class, DataForms.HIBERNATE),
                new ProcessMemory<>(
                        new Progress<>(
                                HibernateCluster.State.NODES_LEAVING,
                                new HibernateCluster.Data(
                                        SampleEvents.CLUSTER, Set.of(SampleEvents.POOL), Set.of(SampleEvents.POOL)),
                                9,
                                9216),
                        ""),
                "{\"version\":1,\"last_position\":9,\"deadline_mark\":9216,\"state\":\"NODES_LEAVING\",\"data\":{"
                        + "\"cluster\":\"" + CLUSTER + "\",\"pools\":[\"" + POOL + "\"],\"waiting\":[\"" + POOL
                        + "\"]}}");
    }

    /** A pool that was kept before pools could be replaced has no replacement under way. */
    @Test
    void aPoolThatWasKeptBeforeReplacementsIsRead() {
        String before = "{\"version\":1,\"last_position\":9,\"deadline_mark\":-1,\"state\":\"STEADY\",\"data\":{"
                + "\"pool\":\"" + POOL + "\",\"cluster\":\"" + CLUSTER + "\",\"organization\":\"" + ORGANIZATION
                + "\",\"cluster_name\":\"shop\",\"region\":\"north\",\"name\":\"blue\",\"vcpus\":2,"
                + "\"memory_gb\":4,\"disk_gb\":20,\"desired\":0,\"members\":[],\"generations\":[]}}";

        assertThat(new MemoryJson<>(ScalePool.State.class, DataForms.SCALE)
                        .read(before)
                        .progress()
                        .data())
                .isNotNull()
                .extracting(PoolData::roll)
                .isEqualTo(0);
    }

    @Test
    void aNewerVersionIsNotGuessedAt() {
        assertThatThrownBy(() -> new MemoryJson<>(RetireCluster.State.class, DataForms.RETIRE).read("{\"version\":2}"))
                .hasMessage("Expected a saga's memory of version 1, but it has version 2.");
    }
}
