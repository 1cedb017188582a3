package aether.sandbox.kubelet;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What runs pods. A pod that it does not take has nothing behind it and is ready after a while. */
public interface PodRuntime extends AutoCloseable {

    /** Whether pods of this template are run: what they need is on this machine, in the version they name. */
    boolean takes(JsonNode template);

    /** Has the pod run, from now on, and says whether it serves; what it mounts is there. */
    boolean run(ObjectNode pod);

    /** Whether a pod of this template that comes to an end is run: all of its programs are on this machine. */
    boolean takesTask(JsonNode template);

    /** Runs a pod to its end, as a Job would, and says what its last container said. */
    String finish(ObjectNode pod);

    /** Whether the program of a pod runs, also when it does not serve. */
    boolean lives(ObjectNode pod);

    /** Why a pod that runs does not serve yet, in words; empty when nothing is known. */
    String trouble(ObjectNode pod);

    /** The init container that keeps a pod from beginning; empty when none does. */
    Optional<FailedTask> failed(ObjectNode pod);

    /** Calls back with a pod when it begins or ceases to serve. */
    void onChange(Consumer<ObjectNode> listener);

    /** The port of 127.0.0.1 behind which a port of that Service is served; empty when it serves no pod of ours. */
    OptionalInt door(String namespace, String service, int port);

    @Override
    void close();

    /** Runs nothing. */
    static PodRuntime none() {
        return new PodRuntime() {
            @Override
            public boolean takes(JsonNode template) {
                return false;
            }

            @Override
            public boolean takesTask(JsonNode template) {
                return false;
            }

            @Override
            public boolean run(ObjectNode pod) {
                throw new IllegalStateException("Expected no pod to be taken, but was asked to run one");
            }

            @Override
            public String finish(ObjectNode pod) {
                throw new IllegalStateException("Expected no pod to be taken, but was asked to finish one");
            }

            @Override
            public boolean lives(ObjectNode pod) {
                return false;
            }

            @Override
            public String trouble(ObjectNode pod) {
                return "";
            }

            @Override
            public Optional<FailedTask> failed(ObjectNode pod) {
                return Optional.empty();
            }

            @Override
            public void onChange(Consumer<ObjectNode> listener) {
                // nothing ever changes
            }

            @Override
            public OptionalInt door(String namespace, String service, int port) {
                return OptionalInt.empty();
            }

            @Override
            public void close() {
                // nothing runs
            }
        };
    }
}
