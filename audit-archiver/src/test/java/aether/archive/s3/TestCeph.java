package aether.archive.s3;

import aether.embedded.process.Children;
import aether.embedded.process.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One Ceph gateway per test JVM, a real store that enforces Object Lock: a monitor, one storage daemon in memory and
 * the gateway, on free ports of the loopback address. It ends with the JVM; each test class takes buckets of its own.
 */
public final class TestCeph {

    /** Who may do everything there. */
    public static final S3Credentials CREDENTIALS = new S3Credentials("AUDITACCESSKEY", "auditsecretkey");

    static final String ABSENT = "Ceph is not installed: no store that enforces Object Lock is there to be asked";

    private static final List<String> PROGRAMS = List.of(
            "ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin", "timeout");
    private static final String REGION = "us-east-1";
    private static final Duration PATIENCE = Duration.ofMinutes(2); // 17 s on an idle machine
    private static final Duration LAST_BREATH = Duration.ofSeconds(4);
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private TestCeph() {}

    private static final class Shared {
        static final URI ENDPOINT = begin();
    }

    /** A new bucket with Object Lock, and the live bucket beside it; skips the test where there is no Ceph. */
    public static S3Location createBuckets() throws IOException {
        Assumptions.assumeTrue(
                PROGRAMS.stream().allMatch(name -> Children.onPath(name).isPresent()), ABSENT);
        S3Location location = new S3Location("test-" + BUCKETS.incrementAndGet(), Shared.ENDPOINT, REGION);
        try (S3Connection connection = connect(location)) {
            createBuckets(connection, location);
        }
        return location;
    }

    static void createBuckets(S3Connection connection, S3Location location) throws IOException {
        connection.ask(
                "make the locked bucket",
                s3 -> s3.createBucket(
                        request -> request.bucket(location.bucket()).objectLockEnabledForBucket(true)));
        connection.ask("make the live bucket", s3 -> s3.createBucket(request -> request.bucket(location.liveBucket())));
    }

    static S3Connection connect(S3Location location) {
        return S3Connection.to(location, CREDENTIALS);
    }

    private static URI begin() {
        try {
            Path directory = Files.createTempDirectory("aether-test-ceph-");
            TestCeph.Cluster cluster = new Cluster(directory, Port.unused(), Port.unused(), Port.unused());
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::end));
            cluster.start();
            return cluster.endpoint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where everything is. */
    private static final class Cluster {
        private final Path directory;
        private final int monitor;
        private final int monitorV1;
        private final int gateway;
        private final List<Process> daemons = new ArrayList<>();

        Cluster(Path directory, int monitor, int monitorV1, int gateway) {
            this.directory = directory;
            this.monitor = monitor;
            this.monitorV1 = monitorV1;
            this.gateway = gateway;
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + gateway);
        }

        void start() throws IOException {
            String fsid = UUID.randomUUID().toString();
            String osd = UUID.randomUUID().toString();
            String addresses = "[v2:127.0.0.1:" + monitor + ",v1:127.0.0.1:" + monitorV1 + "]";
            for (String each : List.of("mon", "osd", "log")) {
                Files.createDirectory(directory.resolve(each));
            }
            Files.writeString(directory.resolve("ceph.conf"), configuration(fsid, addresses));
            String map = file("monmap");
            String keys = file("keyring");
            run("monmaptool", "--create", "--clobber", "--fsid", fsid, "--addv", "a", addresses, map);
            run("ceph-authtool", "--create-keyring", keys, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *");
            key(keys, "client.admin", "mon", "allow *", "osd", "allow *", "mgr", "allow *", "mds", "allow *");
            key(keys, "client.rgw", "mon", "allow *", "osd", "allow *", "mgr", "allow *");
            key(keys, "osd.0", "mon", "allow profile osd", "osd", "allow *");
            run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map, "--keyring", keys);
            daemon("ceph-mon", "-i", "a", "-f");
            await("timeout", "5", "ceph", "auth", "import", "-i", keys);
            run("ceph", "osd", "new", osd);
            run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd, "--no-mon-config");
            daemon("ceph-osd", "-i", "0", "-f");
            await("sh", "-c", "ceph osd stat | grep -q '1 up'");
            daemon("radosgw", "-n", "client.rgw", "-f", "--no-mon-config");
            await(
                    "radosgw-admin",
                    "-n",
                    "client.rgw",
                    "--no-mon-config",
                    "user",
                    "create",
                    "--uid=audit",
                    "--display-name=audit",
                    "--access-key=" + CREDENTIALS.accessKey(),
                    "--secret-key=" + CREDENTIALS.secretKey());
            awaitGateway();
        }

        private String configuration(String fsid, String addresses) {
            return """
                    [global]
                    fsid=%s
                    mon host=%s
                    public addr=127.0.0.1
                    cluster addr=127.0.0.1
                    auth cluster required=cephx
                    auth service required=cephx
                    auth client required=cephx
                    osd pool default size=1
                    osd pool default min size=1
                    osd pool default pg num=1
                    osd pool default pgp num=1
                    osd pool default pg autoscale mode=off
                    osd crush chooseleaf type=0
                    mon allow pool size one=true
                    mon max pg per osd=2000
                    mon osd crush smoke test=false
                    ms bind ipv6=false
                    keyring=%3$s/keyring
                    run dir=%3$s
                    admin socket=%3$s/$name.asok
                    log file=%3$s/log/$name.log
                    mon cluster log file=%3$s/log/cluster.log
                    [mon.a]
                    mon data=%3$s/mon
                    [osd.0]
                    osd data=%3$s/osd
                    osd objectstore=memstore
                    memstore device bytes=1073741824
                    [client.rgw]
                    rgw frontends=beast endpoint=127.0.0.1:%4$d
                    rgw dns name=127.0.0.1
                    rgw enable usage log=false
                    """.formatted(fsid, addresses, directory, gateway);
        }

        private String file(String name) {
            return directory.resolve(name).toString();
        }

        private void key(String keyring, String name, String... caps) throws IOException {
            List<String> command = new ArrayList<>(List.of("ceph-authtool", keyring, "--gen-key", "-n", name));
            for (int i = 0; i < caps.length; i += 2) {
                command.addAll(List.of("--cap", caps[i], caps[i + 1]));
            }
            run(command.toArray(String[]::new));
        }

        private ProcessBuilder process(String... command) {
            ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
            process.environment().put("CEPH_CONF", file("ceph.conf"));
            Path output = directory.resolve("log/" + Path.of(command[0]).getFileName() + ".out");
            return process.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        }

        private void daemon(String... command) throws IOException {
            daemons.add(process(command).start());
        }

        private boolean succeeds(String... command) throws IOException {
            Process running = process(command).start();
            try {
                if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                    return false;
                }
                return running.exitValue() == 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running.destroyForcibly();
                return false;
            }
        }

        private void run(String... command) throws IOException {
            if (!succeeds(command)) {
                throw new IOException("Expected " + String.join(" ", command) + " to work; see " + directory);
            }
        }

        private void await(String... command) throws IOException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!succeeds(command)) {
                requireTime(deadline, String.join(" ", command));
            }
        }

        private void awaitGateway() throws IOException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            S3Location any = new S3Location("any", endpoint(), REGION);
            while (true) {
                try (S3Connection connection = connect(any)) {
                    connection.ask("list buckets", s3 -> s3.listBuckets());
                    return;
                } catch (IOException e) {
                    requireTime(deadline, "the gateway: " + e.getMessage());
                }
            }
        }

        private void requireTime(long deadline, String what) throws IOException {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new IOException("Expected Ceph within " + PATIENCE + ", but could not: " + what);
            }
        }

        /** Nothing in it is worth an orderly end. */
        void end() {
            for (Process daemon : daemons.reversed()) {
                daemon.destroyForcibly();
                Children.awaitEnd(daemon.toHandle(), LAST_BREATH);
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
