package aether.format;

import tools.jackson.databind.node.ObjectNode;

/** Before the region gave workers their addresses, a claim was of the VM id alone. */
final class VmIdClaimedWithoutAddress implements Upcaster {

    @Override
    public String type() {
        return EventTypes.PREFIX + "region.vm-id-claimed";
    }

    @Override
    public int from() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
        return payload.put("address", "");
    }
}
