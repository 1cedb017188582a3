package aether.domain.cluster;

/**
 * The keys of a cluster and how far the rotation of each is; each goes its own way.
 *
 * @param encryption of Secrets at rest
 * @param serviceAccount that signs tokens
 */
public record ClusterKeys(KeyRotation encryption, KeyRotation serviceAccount) {

    /** As a cluster begins. */
    public static final ClusterKeys FIRST = new ClusterKeys(KeyRotation.FIRST, KeyRotation.FIRST);

    /** How far the rotation of one is. */
    public KeyRotation of(ClusterKey key) {
        return switch (key) {
            case ENCRYPTION -> encryption;
            case SERVICE_ACCOUNT -> serviceAccount;
        };
    }

    /** Whether any rotation is under way. */
    public boolean isRotating() {
        return encryption.isUnderWay() || serviceAccount.isUnderWay();
    }

    /** The same with another rotation of one. */
    public ClusterKeys with(ClusterKey key, KeyRotation rotation) {
        return switch (key) {
            case ENCRYPTION -> new ClusterKeys(rotation, serviceAccount);
            case SERVICE_ACCOUNT -> new ClusterKeys(encryption, rotation);
        };
    }
}
