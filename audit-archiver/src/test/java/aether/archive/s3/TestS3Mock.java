package aether.archive.s3;

import aether.embedded.process.Children;
import aether.embedded.process.Port;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * Adobe S3Mock, a store made for tests: it takes Object Lock settings and enforces none of them. A process of its own,
 * because its classes would fight with ours; the build puts its jar beside our classes.
 */
final class TestS3Mock implements AutoCloseable {

    static final String ABSENT = "S3Mock's jar is not there: the store that the probe must refuse cannot be asked";

    private static final Path JAR = Path.of("target", "s3mock.jar");

    /** 10 s on two busy cores. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration LAST_BREATH = Duration.ofSeconds(5);

    private final Process process;
    private final URI endpoint;

    private TestS3Mock(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts one that keeps its files in a directory; skips the test where its jar is not. */
    static TestS3Mock start(Path directory) throws IOException {
        Assumptions.assumeTrue(Files.exists(JAR), ABSENT);
        int port = Port.unused();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        "--server.ssl.enabled=false",
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--com.adobe.testing.s3mock.httpPort=0",
                        "--com.adobe.testing.s3mock.store.root="
                                + Files.createDirectories(directory.resolve("objects"))))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("s3mock.log").toFile())
                .start();
        TestS3Mock mock = new TestS3Mock(process, URI.create("http://127.0.0.1:" + port));
        boolean up = false;
        try {
            mock.await();
            up = true;
            return mock;
        } finally {
            if (!up) {
                mock.close();
            }
        }
    }

    /** A new bucket for which Object Lock is asked, and the live bucket beside it. */
    S3Location createBuckets() throws IOException {
        S3Location location = new S3Location("audit", endpoint, "us-east-1");
        try (S3Connection connection = TestCeph.connect(location)) {
            TestCeph.createBuckets(connection, location);
        }
        return location;
    }

    /** Has it keep versions, which a bucket with Object Lock ought to do by itself. */
    void keepVersions(S3Connection connection, S3Location location) throws IOException {
        connection.ask(
                "keep versions",
                s3 -> s3.putBucketVersioning(request -> request.bucket(location.bucket())
                        .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED))));
    }

    private void await() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        S3Location any = new S3Location("any", endpoint, "us-east-1");
        while (true) {
            try (S3Connection connection = TestCeph.connect(any)) {
                connection.ask("list buckets", s3 -> s3.listBuckets());
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new IOException("Expected S3Mock within " + PATIENCE + ", but: " + e.getMessage(), e);
                }
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Expected S3Mock, but was told to stop.", e);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly(); // nothing in it is worth an orderly end
        boolean unused = Children.awaitEnd(process.toHandle(), LAST_BREATH);
    }
}
