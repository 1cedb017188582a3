package aether.archive.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a real store and does to its writes what networks and stores do on a bad day; reads pass. Requests pass
 * byte for byte, because their signature covers the host they were sent to.
 */
final class FaultyStore implements AutoCloseable {

    /** What happens to a write. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** It is done, and answered later than anybody waits. */
        LATE,
        /** It is not done, and answered with 500. */
        ERROR_BEFORE,
        /** It is done, and answered with 500. */
        ERROR_AFTER,
        /** It is not done, and answered with 200. */
        NOT_STORED
    }

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final URI behind;
    private final long lateMillis;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger struck = new AtomicInteger();

    /** What happens to writes from now on. */
    volatile Fault fault = Fault.NONE;

    /** So many writes pass before the fault strikes. */
    final AtomicInteger spared = new AtomicInteger();

    FaultyStore(URI behind, long lateMillis) {
        this.behind = behind;
        this.lateMillis = lateMillis;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** How often it struck. */
    int struck() {
        return struck.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            threads.shutdown(); // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            if (header(head, "expect").equalsIgnoreCase("100-continue")) {
                out.write(("HTTP/1.1 100 Continue" + END_OF_HEAD).getBytes(ISO_8859_1));
            }
            String length = header(head, "content-length");
            byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
            out.write(answer(head, body));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            struck.addAndGet(0); // whoever asked has gone, or waits no longer
        }
    }

    private byte[] answer(String head, byte[] body) throws IOException, InterruptedException {
        boolean strikes = head.startsWith("PUT ") && fault != Fault.NONE && spared.getAndDecrement() <= 0;
        if (!strikes) {
            return forward(head, body);
        }
        struck.incrementAndGet();
        return switch (fault) {
            case NONE -> forward(head, body);
            case LATE -> {
                byte[] done = forward(head, body);
                Thread.sleep(lateMillis);
                yield done;
            }
            case ERROR_BEFORE -> text("500 Internal Server Error", "");
            case ERROR_AFTER -> {
                byte[] unused = forward(head, body);
                yield text("500 Internal Server Error", "");
            }
            case NOT_STORED -> text("200 OK", "x-amz-version-id: never-was\r\nETag: \"0123\"\r\n");
        };
    }

    private static byte[] text(String status, String headers) {
        return ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close" + END_OF_HEAD)
                .getBytes(ISO_8859_1);
    }

    private byte[] forward(String head, byte[] body) throws IOException {
        try (Socket store = new Socket(behind.getHost(), behind.getPort())) {
            OutputStream out = store.getOutputStream();
            String once = head.replaceAll("(?i)\r\n(connection|expect):[^\r]*", "");
            out.write((once.substring(0, once.length() - 2) + "Connection: close" + END_OF_HEAD).getBytes(ISO_8859_1));
            out.write(body);
            out.flush();
            return store.getInputStream().readAllBytes();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(ISO_8859_1).endsWith(END_OF_HEAD)) {
                return head.toString(ISO_8859_1);
            }
        }
        return "";
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
