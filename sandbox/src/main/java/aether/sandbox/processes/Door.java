package aether.sandbox.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A port of a Service: each connection goes to the next pod that serves, as kube-proxy would send it. */
final class Door implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    /** More clients at once than a control plane on one machine has; the kernel refuses what is beyond. */
    private static final int BACKLOG = 256;

    private final ServerSocket server;
    private final Supplier<List<Integer>> backends;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private int next;

    private Door(ServerSocket server, Supplier<List<Integer>> backends) {
        this.server = server;
        this.backends = backends;
    }

    /**
     * Opens it on a port of 127.0.0.1.
     *
     * @param backends the ports of the pods that serve now
     */
    static Door open(int port, Supplier<List<Integer>> backends) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        Door door = new Door(server, backends);
        Thread.ofVirtual().name("door-" + port).start(door::accept);
        return door;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().name("door-" + port() + "-client").start(() -> serve(client));
            } catch (IOException closing) {
                // the loop looks
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket pod = connect()) {
            open.add(pod);
            client.setTcpNoDelay(true);
            pod.setTcpNoDelay(true);
            Thread answers = Thread.ofVirtual().start(() -> copy(pod, client));
            copy(client, pod);
            answers.join();
            open.remove(pod);
        } catch (IOException refused) {
            // nobody serves: the client sees its connection closed, and tries again
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private Socket connect() throws IOException {
        List<Integer> serving = backends.get();
        IOException last = new IOException("Expected a pod that serves, but there is none");
        for (int tries = 0; tries < serving.size(); tries++) {
            Socket socket = new Socket();
            try {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), serving.get(turn(serving.size()))),
                        CONNECT_MILLIS);
                return socket;
            } catch (IOException refused) {
                socket.close();
                last = refused;
            }
        }
        throw last;
    }

    private synchronized int turn(int size) {
        next = (next + 1) % size;
        return next;
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException ended) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // it is
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException closed) {
            // it is
        }
        open.forEach(Door::close);
    }
}
