package aether.format;

import tools.jackson.databind.node.ObjectNode;

/**
 * Before people could be forgotten, a summary of refusals named its caller in plain; see {@link RefusalOfPlainCaller}.
 */
final class SummaryOfPlainCaller implements Upcaster {

    @Override
    public String type() {
        return EventTypes.PREFIX + "audit.refusals-summarized";
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
