package aether.domain.cluster;

import java.util.List;

/**
 * Arguments of the control plane that a customer adds to ours, each {@code --name=value}, in the order in which they
 * are given.
 */
public record ExtraArgs(List<String> apiServer, List<String> controllerManager, List<String> scheduler) {

    /** None. */
    public static final ExtraArgs NONE = new ExtraArgs(List.of(), List.of(), List.of());

    public ExtraArgs {
        apiServer = List.copyOf(apiServer);
        controllerManager = List.copyOf(controllerManager);
        scheduler = List.copyOf(scheduler);
    }

    /** Those of one component. */
    public List<String> of(ControlPlaneComponent component) {
        return switch (component) {
            case API_SERVER -> apiServer;
            case CONTROLLER_MANAGER -> controllerManager;
            case SCHEDULER -> scheduler;
        };
    }
}
