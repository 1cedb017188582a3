package aether.sandbox.kubelet;

import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/**
 * Switches that keep simulated pods from running: containers that wait for a reason, and claims without a volume. Kept
 * in memory only; a restart heals.
 */
public final class PodFaults {

    /** What a claim is that has its volume. */
    static final String BOUND = "Bound";

    private final Map<String, String> waiting = new ConcurrentHashMap<>();
    private final Set<String> homeless = ConcurrentHashMap.newKeySet();
    private final Set<String> away = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean claimsPend;
    private volatile boolean claimsLost;
    private volatile String tasksFail = "";

    /** No faults. */
    public PodFaults() {}

    /**
     * Has every container of that name wait.
     *
     * @param reason as a kubelet has it, for example {@code ImagePullBackOff}
     */
    public void wait(String container, String reason) {
        waiting.put(container, reason);
        tell();
    }

    /** Has every pod with a container of that name find no node. */
    public void leaveWithoutNode(String container) {
        homeless.add(container);
        tell();
    }

    /** Has the pod of that name lose its node, and every other one of that name find none. */
    public void takeNodeOf(String pod) {
        away.add(pod);
        tell();
    }

    /** No claim that has no volume yet gets one, and no pod runs that needs it. */
    public void keepClaimsPending() {
        claimsPend = true;
        tell();
    }

    /** Every claim has lost its volume, and no pod runs that needs one. */
    public void loseVolumes() {
        claimsLost = true;
        tell();
    }

    /**
     * Every Job that is made fails.
     *
     * @param why what its condition says; not empty
     */
    public void failTasks(String why) {
        tasksFail = why;
        tell();
    }

    /** Everything runs again. */
    public void heal() {
        waiting.clear();
        homeless.clear();
        away.clear();
        claimsPend = false;
        claimsLost = false;
        tasksFail = "";
        tell();
    }

    /** Whether some claims have no volume. */
    boolean concernClaims() {
        return claimsPend || claimsLost;
    }

    /** The phase of a claim that is in another one now. */
    String claimPhase(String now) {
        if (claimsLost) {
            return "Lost";
        }
        return claimsPend && !now.equals(BOUND) ? "Pending" : BOUND;
    }

    /** Why a Job fails; empty when it does not. */
    String taskFailure() {
        return tasksFail;
    }

    /** Why a container waits; empty when nothing was said of it. */
    String reason(JsonNode container) {
        return waiting.getOrDefault(Json.text(container, "name"), "");
    }

    /** Whether one of a template's containers waits, or the pod finds no node. */
    boolean concerns(JsonNode template) {
        return isWithoutNode(template)
                || Json.at(template, "spec", "containers")
                        .valueStream()
                        .anyMatch(each -> !reason(each).isEmpty());
    }

    /** Whether a pod, or those of a template, find no node. */
    boolean isWithoutNode(JsonNode template) {
        return away.contains(Json.text(template, "metadata", "name"))
                || Json.at(template, "spec", "containers")
                        .valueStream()
                        .anyMatch(each -> homeless.contains(Json.text(each, "name")));
    }

    /** Calls back when something has been switched. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
