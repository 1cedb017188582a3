package aether.archive.s3;

import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A client in the portable profile: no trailing checksums, which Ceph 16 refuses, and the bucket in the path. Any
 * thread may use it.
 */
public final class S3Connection implements AutoCloseable {

    /** Longer than a healthy store takes for 16 MiB; shorter than a person's patience. */
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    /** With the SDK's three attempts and their pauses. */
    private static final Duration CALL = Duration.ofSeconds(100);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final S3Client client;

    private S3Connection(S3Client client) {
        this.client = client;
    }

    /** A connection within the house's bounds of time; nothing is asked yet. */
    public static S3Connection to(S3Location location, S3Credentials credentials) {
        return to(location, credentials, ATTEMPT, CALL);
    }

    /**
     * The same with other bounds.
     *
     * @param attempt how long one request may take
     * @param call how long a request with all its repetitions may take
     */
    static S3Connection to(S3Location location, S3Credentials credentials, Duration attempt, Duration call) {
        return new S3Connection(S3Client.builder()
                .endpointOverride(location.endpoint())
                .region(Region.of(location.region()))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(attempt))
                .overrideConfiguration(
                        bounds -> bounds.apiCallAttemptTimeout(attempt).apiCallTimeout(call))
                .build());
    }

    /** One or more requests. */
    @FunctionalInterface
    interface Call<T> {
        T ask(S3Client client) throws IOException;
    }

    /** Asks; whatever keeps the store from answering leaves the outcome open, as the stores' contract says. */
    <T> T ask(String what, Call<T> call) throws IOException {
        try {
            return call.ask(client);
        } catch (SdkException e) {
            throw new IOException("Expected the S3 store to " + what + ", but it did not: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
