package aether.domain.cluster;

import java.util.Locale;

/** Whose it is to put something right. */
public enum Fault {
    /** The platform's own: its software, its settings, its zone, its issuer. */
    OURS("the platform"),
    /** The customer's: the domain, what its zone says, its settings, what it put into its own cluster. */
    CUSTOMER("the customer"),
    /** Somebody's that both depend on: the management cluster, a hypervisor, a public authority, the network. */
    INFRASTRUCTURE("the infrastructure");

    private final String spoken;

    Fault(String spoken) {
        this.spoken = spoken;
    }

    /** For a sentence. */
    public String spoken() {
        return spoken;
    }

    /** As interfaces have it. */
    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }
}
