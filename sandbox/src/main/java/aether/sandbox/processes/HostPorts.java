package aether.sandbox.processes;

import aether.embedded.process.Obstacle;
import aether.embedded.process.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * All pods share this host's one network, so each port of a pod or Service is another one here; the same again after a
 * restart, as long as nobody has taken it meanwhile. One is chosen at a time, or two that nobody listens on yet could
 * be the same.
 */
final class HostPorts {

    /** So many that another pod has already mean that there are hardly any left. */
    private static final int TRIES_MAX = 100;

    private record Inside(String namespace, String name, int port) {}

    private final Path memory;
    private final Map<Inside, Integer> chosen = new HashMap<>();

    HostPorts(Path memory) {
        this.memory = memory;
    }

    /** The port of 127.0.0.1 for a port of what has this name, a pod's or {@code service-NAME}. */
    synchronized int of(String namespace, String name, int port) {
        Inside inside = new Inside(namespace, name, port);
        Integer before = chosen.get(inside);
        return before == null ? choose(inside) : before;
    }

    /** Another one for it, when somebody has taken the one it had before anything of ours listened there. */
    synchronized int another(String namespace, String name, int port) {
        return choose(new Inside(namespace, name, port));
    }

    private int choose(Inside inside) {
        Path file = memory.resolve(inside.namespace()).resolve(inside.name()).resolve(Integer.toString(inside.port()));
        try {
            Files.createDirectories(file.getParent());
            for (int tries = 0; tries < TRIES_MAX; tries++) {
                int port = Port.choose(inside.name() + " in " + inside.namespace(), 0, file);
                if (!isAnothers(port, inside)) {
                    chosen.put(inside, port);
                    return port;
                }
                Files.delete(file);
            }
        } catch (IOException e) {
            throw Obstacle.of(e, file);
        }
        throw new IllegalStateException(
                "Expected a free port for %s, but %d are chosen".formatted(inside, chosen.size()));
    }

    private boolean isAnothers(int port, Inside inside) {
        return chosen.entrySet().stream()
                .anyMatch(entry -> entry.getValue() == port && !entry.getKey().equals(inside));
    }

    synchronized void forget(String namespace) {
        chosen.keySet().removeIf(inside -> inside.namespace().equals(namespace));
        Trees.delete(memory.resolve(namespace));
    }
}
