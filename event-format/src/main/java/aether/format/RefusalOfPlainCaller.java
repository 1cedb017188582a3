package aether.format;

import tools.jackson.databind.node.ObjectNode;

/**
 * Before people could be forgotten, a refusal named its caller in plain. The name stays what it was: what the archive
 * has sealed in plain no reader can take back.
 */
final class RefusalOfPlainCaller implements Upcaster {

    @Override
    public String type() {
        return EventTypes.PREFIX + "audit.request-refused";
    }

    @Override
    public int from() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
        return payload;
    }
}
