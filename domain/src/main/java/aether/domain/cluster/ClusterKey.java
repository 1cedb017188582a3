package aether.domain.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A key of a cluster that is no CA's and is rotated by itself. */
public enum ClusterKey {
    /** With which the API server encrypts Secrets before etcd sees them. */
    ENCRYPTION,
    /** With which tokens of service accounts are signed, a key pair. */
    SERVICE_ACCOUNT;

    /** As it stands in addresses and after a command's name. */
    public String published() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The key with that published name. */
    public static Optional<ClusterKey> named(String published) {
        return Stream.of(values())
                .filter(key -> key.published().equals(published))
                .findFirst();
    }

    /** As a sentence has it. */
    public String shown() {
        return switch (this) {
            case ENCRYPTION -> "encryption key";
            case SERVICE_ACCOUNT -> "service account key";
        };
    }

    /**
     * Whether what the old key made lies with people and programs that only the customer knows: tokens are out of our
     * hands, Secrets are not.
     */
    public boolean isCompletedByTheCustomer() {
        return switch (this) {
            case ENCRYPTION -> false;
            case SERVICE_ACCOUNT -> true;
        };
    }
}
