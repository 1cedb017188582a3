package aether.domain.cluster;

import java.util.Locale;

/** A part of a control plane that takes arguments of a customer. */
public enum ControlPlaneComponent {
    API_SERVER,
    CONTROLLER_MANAGER,
    SCHEDULER;

    /** Its name in requests. */
    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }
}
