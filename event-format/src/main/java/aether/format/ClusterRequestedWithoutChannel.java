package aether.format;

import tools.jackson.databind.node.ObjectNode;

/** Before there were custom resources, every cluster was asked for through the command API. */
final class ClusterRequestedWithoutChannel implements Upcaster {

    @Override
    public String type() {
        return EventTypes.PREFIX + "cluster.requested";
    }

    @Override
    public int from() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
        return payload.put("channel", "api");
    }
}
