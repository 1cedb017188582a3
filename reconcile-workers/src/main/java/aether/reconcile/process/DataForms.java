package aether.reconcile.process;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineShape;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import aether.domain.process.HibernateCluster;
import aether.domain.process.PoolData;
import aether.domain.process.PoolMember;
import aether.domain.process.ProvisionCluster;
import aether.domain.process.RetireCluster;
import aether.domain.process.RotateAuthority;
import aether.domain.process.UpgradeCluster;
import aether.domain.process.WaitingPools;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of what each process remembers. */
final class DataForms {

    static final MemoryJson.DataJson<ProvisionCluster.Data> PROVISION = new MemoryJson.DataJson<>() {
        @Override
        public void write(ProvisionCluster.Data data, ObjectNode into) {
            into.put("cluster", data.clusterId().toString());
            into.put("organization", data.organizationId().toString());
            into.put("region", data.region());
            into.put("cluster_name", data.clusterName());
            into.put("address", data.address());
            pools(data.pools(), into);
        }

        @Override
        public ProvisionCluster.Data read(JsonNode from) {
            return new ProvisionCluster.Data(
                    ClusterId.parse(from.path("cluster").asString()),
                    OrganizationId.parse(from.path("organization").asString()),
                    from.path("region").asString(),
                    from.path("cluster_name").asString(),
                    from.path("address").asString(),
                    pools(from));
        }
    };

    static final MemoryJson.DataJson<RetireCluster.Data> RETIRE = new MemoryJson.DataJson<>() {
        @Override
        public void write(RetireCluster.Data data, ObjectNode into) {
            into.put("cluster", data.clusterId().toString());
            into.put("organization", data.organizationId().toString());
            into.put("region", data.region());
            pools(data.pools(), into);
        }

        @Override
        public RetireCluster.Data read(JsonNode from) {
            return new RetireCluster.Data(
                    ClusterId.parse(from.path("cluster").asString()),
                    OrganizationId.parse(from.path("organization").asString()),
                    from.path("region").asString(),
                    pools(from));
        }
    };

    static final MemoryJson.DataJson<PoolData> SCALE = new MemoryJson.DataJson<>() {
        @Override
        public void write(PoolData data, ObjectNode into) {
            into.put("pool", data.poolId().toString());
            into.put("cluster", data.clusterId().toString());
            into.put("organization", data.organizationId().toString());
            into.put("cluster_name", data.clusterName());
            into.put("region", data.region());
            into.put("name", data.name());
            into.put("vcpus", data.shape().vcpus());
            into.put("memory_gb", data.shape().memoryGb());
            into.put("disk_gb", data.shape().diskGb());
            into.put("desired", data.desired());
            ArrayNode members = into.putArray("members");
            data.members()
                    .forEach((ordinal, member) -> members.addObject()
                            .put("ordinal", ordinal.intValue())
                            .put("machine", member.machineId().toString())
                            .put("generation", member.generation())
                            .put("ready", member.ready())
                            .put("leaving", member.leaving())
                            .put("outdated", member.outdated()));
            ArrayNode generations = into.putArray("generations");
            data.generations()
                    .forEach((ordinal, count) -> generations
                            .addObject()
                            .put("ordinal", ordinal.intValue())
                            .put("count", count.intValue()));
            into.put("roll", data.roll());
            into.put("outdated_before", data.outdatedBefore());
        }

        @Override
        public PoolData read(JsonNode from) {
            SortedMap<Integer, PoolMember> members = new TreeMap<>();
            for (JsonNode member : from.path("members")) {
                members.put(
                        member.path("ordinal").asInt(),
                        new PoolMember(
                                MachineId.parse(member.path("machine").asString()),
                                member.path("generation").asInt(),
                                member.path("ready").asBoolean(),
                                member.path("leaving").asBoolean(),
                                member.path("outdated").asBoolean(false)));
            }
            SortedMap<Integer, Integer> generations = new TreeMap<>();
            for (JsonNode entry : from.path("generations")) {
                generations.put(
                        entry.path("ordinal").asInt(), entry.path("count").asInt());
            }
            return new PoolData(
                    NodePoolId.parse(from.path("pool").asString()),
                    ClusterId.parse(from.path("cluster").asString()),
                    OrganizationId.parse(from.path("organization").asString()),
                    from.path("cluster_name").asString(),
                    from.path("region").asString(),
                    from.path("name").asString(),
                    new MachineShape(
                            from.path("vcpus").asInt(),
                            from.path("memory_gb").asInt(),
                            from.path("disk_gb").asInt()),
                    from.path("desired").asInt(),
                    members,
                    generations,
                    from.path("roll").asInt(0),
                    from.path("outdated_before").asInt(0));
        }
    };

    static final MemoryJson.DataJson<RotateAuthority.Data> ROTATE = new MemoryJson.DataJson<>() {
        @Override
        public void write(RotateAuthority.Data data, ObjectNode into) {
            into.put("cluster", data.clusterId().toString());
            into.put("authority", data.authority().published());
            into.put("generation", data.generation());
            waiting(data.pools(), into);
        }

        @Override
        public RotateAuthority.Data read(JsonNode from) {
            return new RotateAuthority.Data(
                    ClusterId.parse(from.path("cluster").asString()),
                    CertificateAuthority.named(from.path("authority").asString("cluster")) // what is older is its
                            .orElseThrow(),
                    from.path("generation").asInt(),
                    waiting(from));
        }
    };

    static final MemoryJson.DataJson<UpgradeCluster.Data> UPGRADE = new MemoryJson.DataJson<>() {
        @Override
        public void write(UpgradeCluster.Data data, ObjectNode into) {
            into.put("cluster", data.clusterId().toString());
            into.put("to", data.to().toString());
            waiting(data.pools(), into);
        }

        @Override
        public UpgradeCluster.Data read(JsonNode from) {
            return new UpgradeCluster.Data(
                    ClusterId.parse(from.path("cluster").asString()),
                    KubernetesVersion.parse(from.path("to").asString()).orElseThrow(),
                    waiting(from));
        }
    };

    static final MemoryJson.DataJson<HibernateCluster.Data> HIBERNATE = new MemoryJson.DataJson<>() {
        @Override
        public void write(HibernateCluster.Data data, ObjectNode into) {
            into.put("cluster", data.clusterId().toString());
            pools(data.pools(), into);
            ArrayNode waiting = into.putArray("waiting");
            data.waiting().stream().map(NodePoolId::toString).sorted().forEach(waiting::add);
        }

        @Override
        public HibernateCluster.Data read(JsonNode from) {
            Set<NodePoolId> waiting = new HashSet<>();
            from.path("waiting").forEach(pool -> waiting.add(NodePoolId.parse(pool.asString())));
            return new HibernateCluster.Data(
                    ClusterId.parse(from.path("cluster").asString()), pools(from), waiting);
        }
    };

    private DataForms() {}

    private static void waiting(WaitingPools pools, ObjectNode into) {
        ObjectNode written = into.putObject("pools");
        pools.rolling().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry ->
                        written.put(entry.getKey().toString(), entry.getValue().booleanValue()));
    }

    private static WaitingPools waiting(JsonNode from) {
        Map<NodePoolId, Boolean> pools = new HashMap<>();
        from.path("pools")
                .properties()
                .forEach(entry -> pools.put(
                        NodePoolId.parse(entry.getKey()), entry.getValue().asBoolean()));
        return new WaitingPools(pools);
    }

    private static void pools(Set<NodePoolId> pools, ObjectNode into) {
        ArrayNode array = into.putArray("pools");
        pools.stream().map(NodePoolId::toString).sorted().forEach(array::add);
    }

    private static Set<NodePoolId> pools(JsonNode from) {
        Set<NodePoolId> pools = new HashSet<>();
        from.path("pools").forEach(pool -> pools.add(NodePoolId.parse(pool.asString())));
        return pools;
    }
}
