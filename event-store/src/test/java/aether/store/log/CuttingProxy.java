package aether.store.log;

import aether.store.schema.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and PostgreSQL and can lose the client's side while the server's side lives on. */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int serverPort;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<Socket> servers = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;

    CuttingProxy(DatabaseSettings database) throws IOException {
        serverPort = uri(database).getPort();
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    DatabaseSettings through(DatabaseSettings database) {
        return new DatabaseSettings(
                database.url().replace(":" + serverPort + "/", ":" + listening.getLocalPort() + "/"),
                database.user(),
                database.password());
    }

    /** Loses the answers of the server from now on: what was sent arrives, and nobody hears of it. */
    void swallowAnswers() {
        swallowing = true;
    }

    /** Cuts all clients off; what they sent stays with the server. Later connections work. */
    void cutClients() {
        List<Socket> cut = List.copyOf(clients);
        clients.clear();
        cut.forEach(CuttingProxy::close);
        swallowing = false;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        clients.forEach(CuttingProxy::close);
        servers.forEach(CuttingProxy::close);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            clients.add(client);
            servers.add(server);
            start(() -> pump(client.getInputStream(), server.getOutputStream(), false));
            start(() -> pump(server.getInputStream(), client.getOutputStream(), true));
        }
    }

    private void pump(InputStream from, OutputStream to, boolean answers) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            if (!(answers && swallowing)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        }
    }

    private static URI uri(DatabaseSettings database) {
        return URI.create(database.url().substring("jdbc:".length()));
    }

    private static void start(Pumping pumping) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                pumping.run();
            } catch (IOException e) {
                // a side is closed, which is what this class is for
            }
        });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Pumping {
        void run() throws IOException;
    }
}
