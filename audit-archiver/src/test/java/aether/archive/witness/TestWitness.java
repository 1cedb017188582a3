package aether.archive.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.cosign.WitnessAddress;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real witness on the loopback interface, behind a door that can do whatever a witness should not. */
public final class TestWitness implements AutoCloseable {

    /** What is wrong with it. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It hangs up. */
        AWAY,
        /** It cannot now. */
        BUSY,
        /** It takes the question and says nothing. */
        SLOW,
        /** It says that the tree does not follow from the one it knows. */
        REFUSES,
        /** It signs with a key that is not its own, under its own name. */
        OTHER_KEY,
        /** It says that it has seen far more than there is. */
        LARGER_SIZE,
        /** It says again and again that it is elsewhere. */
        SAME_SIZE,
        /** It answers with something else. */
        NONSENSE,
        /** It answers without an end. */
        ENDLESS
    }

    private static final int BACKLOG = 16;

    private final Cosigner cosigner;
    private final WitnessMemory memory;
    private final WitnessServer real;
    private final HttpServer door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    /** A witness of a log, with its memory in a directory. */
    public TestWitness(String name, VerifierKey log, Path directory, InstantSource time) throws IOException {
        this.cosigner = Cosigner.ed25519(name, java.util.Arrays.copyOf(("seed of " + name).getBytes(UTF_8), 32));
        this.memory = new WitnessMemory(directory);
        this.real = WitnessServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new Witness(log, cosigner, memory, time));
        this.door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        door.setExecutor(threads);
        door.createContext("/", this::answer);
        door.start();
    }

    /** Its public key. */
    public CosignerKey key() {
        return cosigner.key();
    }

    /** Where it is asked. */
    public WitnessAddress address() {
        return new WitnessAddress(
                cosigner.key().name().replaceAll(".*/", ""),
                cosigner.key(),
                URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/"));
    }

    /** A line of a policy about it. */
    public String policyLine() {
        return "witness " + address().name() + " " + key().vkey() + " "
                + address().submission() + "\n";
    }

    /** What is wrong from now on. */
    public void fault(Fault now) {
        fault = now;
    }

    /** How often it was asked. */
    public int questions() {
        return questions.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (fault) {
            case NONE -> pass(exchange, body);
            case AWAY -> exchange.close();
            case BUSY -> say(exchange, 503, "Later.\n");
            case SLOW -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
            case REFUSES -> say(exchange, 422, "The proof does not hold.\n");
            case OTHER_KEY -> {
                SignedNote note = AddCheckpoint.parse(new String(body, UTF_8)).note();
                Cosigner other = Cosigner.ed25519(cosigner.key().name(), new byte[32]);
                say(
                        exchange,
                        200,
                        SignedNote.formatLines(List.of(
                                other.cosign(note.text(), InstantSource.system().instant()))));
            }
            case LARGER_SIZE -> say(exchange, 409, "999999\n");
            case SAME_SIZE -> say(exchange, 409, "1\n");
            case NONSENSE -> say(exchange, 200, "<html>Welcome!</html>\n");
            case ENDLESS -> say(exchange, 200, "\u2014 ".repeat(1 << 20));
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException {
        try {
            HttpResponse<String> said = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + real.port() + exchange.getRequestURI()))
                            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            say(exchange, said.statusCode(), said.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        door.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
        real.close();
        memory.close();
    }
}
