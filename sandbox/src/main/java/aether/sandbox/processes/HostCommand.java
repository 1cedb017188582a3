package aether.sandbox.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The command line of a container as a command of this host. Paths and addresses are localized; a component that would
 * listen on every address of its pod listens on 127.0.0.1, at the port that stands for its own.
 */
final class HostCommand {

    private static final String SECURE_PORT = "--secure-port";
    private static final String BIND_ADDRESS = "--bind-address";

    /** Where components listen that are not told. */
    private static final Map<String, Integer> DEFAULT_PORTS =
            Map.of("kube-apiserver", 6443, "kube-controller-manager", 10257, "kube-scheduler", 10259);

    private HostCommand() {}

    /**
     * The command.
     *
     * @param program the binary that stands for the first word
     * @param own the port of this host for a port of the pod itself
     */
    static List<String> of(List<String> inside, String program, Localizing localizing, IntUnaryOperator own) {
        List<String> command = new ArrayList<>(List.of(program));
        String component = inside.getFirst();
        int secure = DEFAULT_PORTS.getOrDefault(component, 0);
        for (String argument : inside.subList(1, inside.size())) {
            if (argument.startsWith(SECURE_PORT + "=")) {
                secure = Integer.parseInt(argument.substring(SECURE_PORT.length() + 1));
            } else if (!argument.startsWith(BIND_ADDRESS + "=")) {
                command.add(localizing.text(argument));
            }
        }
        if (secure != 0) {
            command.add(BIND_ADDRESS + "=127.0.0.1");
            command.add(SECURE_PORT + "=" + own.applyAsInt(secure));
        }
        return List.copyOf(command);
    }
}
