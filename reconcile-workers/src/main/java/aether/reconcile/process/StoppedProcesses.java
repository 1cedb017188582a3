package aether.reconcile.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sagas that met something their table has no row for and stand still, with the reason; health shows them. */
public final class StoppedProcesses {

    private static final Logger LOG = LoggerFactory.getLogger(StoppedProcesses.class);

    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    void report(String process, String instance, String reason) {
        if (reasons.put(process + " " + instance, reason) == null) {
            LOG.error("{} {} has stopped and needs a person: {}", process, instance, reason);
        }
    }

    /** The reasons by process and instance, as far as this process has met them. */
    public Map<String, String> reasons() {
        return Map.copyOf(reasons);
    }
}
