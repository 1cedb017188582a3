package aether.archive.s3;

/**
 * Who asks.
 *
 * @param accessKey the public half
 * @param secretKey the secret half, never printed
 */
public record S3Credentials(String accessKey, String secretKey) {

    /** Refuses halves that are missing. */
    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("Expected an access key and a secret key for S3, but one is missing.");
        }
    }

    @Override
    public String toString() {
        return "S3Credentials[accessKey=" + accessKey + ", secretKey=[hidden]]";
    }
}
