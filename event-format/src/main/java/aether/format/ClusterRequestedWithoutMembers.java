package aether.format;

import tools.jackson.databind.node.ObjectNode;

/** Before it could be chosen, every etcd had one member. */
final class ClusterRequestedWithoutMembers implements Upcaster {

    @Override
    public String type() {
        return EventTypes.PREFIX + "cluster.requested";
    }

    @Override
    public int from() {
        return 2;
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
        return payload.put("etcd_members", 1);
    }
}
