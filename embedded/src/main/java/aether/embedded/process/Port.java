package aether.embedded.process;

import aether.embedded.process.StartFailure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A TCP port on the loopback address. */
public final class Port {

    /**
     * Where ports are looked for: below those that the kernel lends to clients (Linux: {@code ip_local_port_range},
     * from 32768 on). A port is chosen some time before its server listens, and no connection takes one from here.
     */
    private static final int FIRST = 20_000;

    private static final int COUNT = 10_000;

    /** So many taken ones in a row mean that something else is wrong. */
    private static final int TRIES_MAX = 100;

    private Port() {}

    /** The wished port, or for 0 the one remembered in {@code memory} while it is free, or else a new one. */
    public static int choose(String part, int wished, Path memory) {
        try {
            if (wished != 0) {
                if (!isFree(wished)) {
                    throw new StartFailure(
                            Reason.PORT_TAKEN,
                            "Expected port %d to be free for %s, but another program listens on it"
                                    .formatted(wished, part));
                }
                return wished;
            }
            int remembered = recall(memory);
            if (remembered != 0 && isFree(remembered)) {
                return remembered;
            }
            int fresh = unused();
            Files.writeString(memory, Integer.toString(fresh));
            return fresh;
        } catch (IOException e) {
            throw Obstacle.of(e, memory);
        }
    }

    /**
     * A port from 20000 to 29999 that nobody listens on right now.
     *
     * @throws StartFailure when there is none
     */
    public static int unused() {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int port = FIRST + lent() % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new StartFailure(Reason.PORT_TAKEN, "Expected a free port on 127.0.0.1, but found none");
    }

    /** A port that the kernel chooses, which is another one each time: two who look at once go different ways. */
    private static int lent() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure(Reason.PORT_TAKEN, "Expected a free port on 127.0.0.1, but found none", e);
        }
    }

    private static int recall(Path memory) throws IOException {
        if (!Files.exists(memory)) {
            return 0;
        }
        String text = Files.readString(memory).strip();
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0; // a torn write is no port
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
