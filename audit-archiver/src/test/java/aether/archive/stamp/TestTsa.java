package aether.archive.stamp;

import aether.archive.stamp.TestAuthority.Fault;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The test authority behind HTTP, with switches for what may happen on the way. */
public final class TestTsa implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final TestAuthority authority;
    private final InstantSource time;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile boolean silent;
    private volatile int padding;
    private volatile Fault fault = Fault.NONE;

    /** Listens on any port of this machine. */
    public TestTsa(TestAuthority authority, InstantSource time) throws IOException {
        this.authority = authority;
        this.time = time;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/tsa", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            byte[] question = exchange.getRequestBody().readAllBytes();
            if (silent) {
                closing.await();
            }
            boolean proper = exchange.getRequestMethod().equals("POST")
                    && "application/timestamp-query"
                            .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            Instant now = time.instant();
            byte[] answer = authority.answer(question, now, fault);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(proper ? status : 400, answer.length + (long) padding);
            exchange.getResponseBody().write(answer);
            exchange.getResponseBody().write(new byte[padding]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it answers. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    /** From now on it does this wrong. */
    public void does(Fault wrong) {
        fault = wrong;
    }

    /** From now on it answers with this status. */
    public void answersWith(int code) {
        status = code;
    }

    /** From now on it takes questions and says nothing. */
    public void isSilent(boolean isSilent) {
        silent = isSilent;
    }

    /** From now on it sends so many bytes after its answer. */
    public void pads(int bytes) {
        padding = bytes;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
