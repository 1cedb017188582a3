package aether.format;

import tools.jackson.databind.node.ObjectNode;

/** Before it could be asked for, every cluster began empty. */
final class ClusterRequestedWithoutRestore implements Upcaster {

    @Override
    public String type() {
        return EventTypes.PREFIX + "cluster.requested";
    }

    @Override
    public int from() {
        return 3;
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
        return payload; // absent values are left out
    }
}
