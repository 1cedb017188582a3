package aether.sandbox.processes;

import aether.embedded.process.Obstacle;
import aether.embedded.process.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All pods share this host's one network, so each port of a pod or Service is another one here; the same again after a
 * restart, as long as nobody has taken it meanwhile.
 */
final class HostPorts {

    private record Inside(String namespace, String name, int port) {}

    private final Path memory;
    private final Map<Inside, Integer> chosen = new ConcurrentHashMap<>();

    HostPorts(Path memory) {
        this.memory = memory;
    }

    /** The port of 127.0.0.1 for a port of what has this name, a pod's or {@code service/NAME}. */
    int of(String namespace, String name, int port) {
        return chosen.computeIfAbsent(new Inside(namespace, name, port), this::choose);
    }

    /** Another one for it, when somebody has taken the one it had before anything of ours listened there. */
    int another(String namespace, String name, int port) {
        Inside inside = new Inside(namespace, name, port);
        int taken = of(namespace, name, port);
        chosen.remove(inside, taken);
        return of(namespace, name, port);
    }

    private int choose(Inside inside) {
        Path file = memory.resolve(inside.namespace()).resolve(inside.name()).resolve(Integer.toString(inside.port()));
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw Obstacle.of(e, file);
        }
        int port = Port.choose(inside.name() + " in " + inside.namespace(), 0, file);
        // Two that were chosen before either listens must not be the same.
        return chosen.containsValue(port) ? choose(inside) : port;
    }

    void forget(String namespace) {
        chosen.keySet().removeIf(inside -> inside.namespace().equals(namespace));
        Trees.delete(memory.resolve(namespace));
    }
}
