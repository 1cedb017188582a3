package aether.sandbox.acme;

import aether.embedded.process.ChildProgram;
import aether.embedded.process.Children;
import aether.embedded.process.Port;
import aether.sandbox.certificates.LoopbackIdentity;
import aether.sandbox.journal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Let's Encrypt's test server pebble and the DNS that it asks, as local processes: a real ACME server that nobody
 * trusts.
 */
public final class Pebble implements AutoCloseable {

    /** Why what needs it was left out. */
    public static final String MISSING = "pebble is not installed: no certificate was ordered at a real ACME server";

    /** Below it, the server refuses every name. */
    public static final String REFUSED = "refused.example";

    private static final String PROGRAM = "pebble";

    private static final String DNS_PROGRAM = "pebble-challtestsrv";

    private static final Duration READY_BOUND = Duration.ofSeconds(30);

    private final ChildProgram dns;
    private final ChildProgram server;
    private final AcmeDirectory directory;
    private final ChallTestRecords records;

    private Pebble(ChildProgram dns, ChildProgram server, AcmeDirectory directory, ChallTestRecords records) {
        this.dns = dns;
        this.server = server;
        this.directory = directory;
        this.records = records;
    }

    /** Whether both programs are on the path, as Debian's package {@code pebble} puts them. */
    public static boolean isThere() {
        return Children.onPath(PROGRAM).isPresent()
                && Children.onPath(DNS_PROGRAM).isPresent();
    }

    /**
     * Starts both in a directory of their own, on free ports.
     *
     * @throws IOException when the directory cannot be written
     */
    public static Pebble start(Path directory) throws IOException {
        Files.createDirectories(directory);
        LoopbackIdentity identity = LoopbackIdentity.fresh(Instant.now());
        Files.writeString(directory.resolve("cert.pem"), identity.certificate());
        Path key = directory.resolve("key.pem");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, identity.key());
        int listening = Port.unused();
        int told = Port.unused();
        int asked = Port.unused();
        ObjectNode config = Json.object();
        config.putObject("pebble")
                .put("listenAddress", "127.0.0.1:" + listening)
                .put("managementListenAddress", "")
                .put("certificate", "cert.pem")
                .put("privateKey", "key.pem")
                .put("httpPort", 1) // only DNS-01 is proved
                .put("tlsPort", 1)
                .put("ocspResponderURL", "")
                .put("externalAccountBindingRequired", false)
                .putArray("domainBlocklist")
                .add(REFUSED);
        Files.write(directory.resolve("pebble.json"), Json.bytes(config));
        Map<String, String> environment =
                Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "0", "PEBBLE_AUTHZREUSE", "0");
        ChildProgram dns = ChildProgram.launch(
                        DNS_PROGRAM,
                        directory,
                        List.of(
                                program(DNS_PROGRAM),
                                "-management",
                                "127.0.0.1:" + told,
                                "-dns01",
                                "127.0.0.1:" + asked,
                                "-http01",
                                "",
                                "-https01",
                                "",
                                "-tlsalpn01",
                                ""),
                        Map.of())
                .awaitReady(READY_BOUND, () -> listens(told) && listens(asked));
        String bundle =
                Base64.getEncoder().encodeToString(identity.certificate().getBytes(StandardCharsets.UTF_8));
        AcmeDirectory offered = new AcmeDirectory(URI.create("https://127.0.0.1:" + listening + "/dir"), bundle);
        try {
            ChildProgram server = ChildProgram.launch(
                            PROGRAM,
                            directory,
                            List.of(program(PROGRAM), "-config", "pebble.json", "-dnsserver", "127.0.0.1:" + asked),
                            environment)
                    .awaitReady(READY_BOUND, () -> listens(listening) && offered.answers());
            return new Pebble(
                    dns,
                    server,
                    offered,
                    new ChallTestRecords(URI.create("http://127.0.0.1:" + told), "127.0.0.1:" + asked));
        } catch (RuntimeException failed) {
            dns.end();
            throw failed;
        }
    }

    private static String program(String name) {
        return Children.onPath(name)
                .orElseThrow(() -> new IllegalStateException("Expected " + name + " on the path, but it is not there"))
                .toString();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its directory. */
    public AcmeDirectory directory() {
        return directory;
    }

    /** The zone that it asks. */
    public ChallTestRecords records() {
        return records;
    }

    @Override
    public void close() {
        server.end();
        dns.end();
    }
}
