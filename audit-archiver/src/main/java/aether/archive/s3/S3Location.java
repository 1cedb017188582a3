package aether.archive.s3;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where the buckets are.
 *
 * @param bucket the bucket with Object Lock; what may change lies in {@link #liveBucket()}
 * @param endpoint the server, for example {@code http://127.0.0.1:8333}
 * @param region the region requests are signed for
 */
public record S3Location(String bucket, URI endpoint, String region) {

    private static final String LIVE = "-live";

    /** S3 allows 63 characters; the live bucket needs five of them. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,56}[a-z0-9]");

    /** Refuses what is no bucket and no server. */
    public S3Location {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("Expected the bucket's name in 3 to 58 lower-case letters, digits, dots "
                    + "and dashes, but got '" + bucket + "'.");
        }
        if (endpoint.getHost() == null
                || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException(
                    "Expected the endpoint as http://HOST:PORT or https://HOST, but got '" + endpoint + "'.");
        }
        if (region.isBlank()) {
            throw new IllegalArgumentException("Expected a region such as us-east-1, but got nothing.");
        }
    }

    /** The bucket without locks: the live checkpoint and the partial tiles between seals. */
    public String liveBucket() {
        return bucket + LIVE;
    }

    /** {@code s3://BUCKET}, as settings and the command line name it. */
    public String uri() {
        return "s3://" + bucket;
    }
}
