package aether.sandbox.certificates;

/**
 * Which cert-manager is played; what differs between releases that are in use, as their release notes have it.
 *
 * @param minor of 1.x
 */
public record CertManagerVersion(int minor) {

    /** The one whose source the contract cites. */
    public static final CertManagerVersion CURRENT = new CertManagerVersion(21);

    private static final int OLDEST = 12;
    private static final int WITH_PERCENTAGE = 16;
    private static final int ROTATING = 18;
    private static final int WITH_RENEWAL = 21;

    public CertManagerVersion {
        if (minor < OLDEST) {
            throw new IllegalArgumentException("Expected cert-manager 1." + OLDEST + " or later, but got 1." + minor);
        }
    }

    /** Whether a Certificate that says nothing gets a new key at every issuance. */
    boolean rotatesByDefault() {
        return minor >= ROTATING;
    }

    /** Whether its schema knows {@code renewBeforePercentage}. */
    boolean knowsPercentage() {
        return minor >= WITH_PERCENTAGE;
    }

    /** Whether its schema knows {@code renewal}. */
    boolean knowsRenewal() {
        return minor >= WITH_RENEWAL;
    }
}
