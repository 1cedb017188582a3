package aether.domain.cluster;

/** Whose it is to put something right. */
public enum Fault {
    /** The platform's own: its settings, its zone, its issuer. */
    OURS("the platform"),
    /** The customer's: the domain, or what its zone says. */
    CUSTOMER("the customer"),
    /** Somebody's that both depend on: the public authority, its limits, the network. */
    INFRASTRUCTURE("the certificate authority or the network");

    private final String spoken;

    Fault(String spoken) {
        this.spoken = spoken;
    }

    /** For a sentence. */
    public String spoken() {
        return spoken;
    }
}
