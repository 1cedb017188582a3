package aether.embedded.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * The broker as a process of its own. It lives as long as somebody holds the other end of its standard input: the end
 * of that stream means "stop", whether the parent asked for it or was killed.
 */
public final class BrokerMain {

    /** What is written to standard output once clients are welcome. */
    static final String READY = "ready";

    private static final Duration SHUTDOWN_BOUND = Duration.ofSeconds(10); // beyond it the next start recovers the logs

    private BrokerMain() {}

    /** Arguments: directory, port, then properties as {@code name=value}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CountDownLatch orphaned = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            drain(System.in);
            orphaned.countDown();
            haltLater();
        });
        Map<String, String> more = Arrays.stream(arguments)
                .skip(2)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Broker broker = Broker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), more);
        say(READY);
        orphaned.await();
        broker.close();
        System.exit(0);
    }

    private static void say(String word) {
        try {
            OutputStream out = System.out;
            out.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drain(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
    }

    private static void haltLater() {
        try {
            Thread.sleep(SHUTDOWN_BOUND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
