package aether.store.log;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets that call back the moment bytes arrive.
 *
 * <p>{@code PGConnection.getNotifications} does not return while notifications keep coming less than a millisecond
 * apart: under load it is up to a second late. The bytes are not, so they are the signal, and the call only drains. The
 * driver makes the factory by name; it must be public, and finds its callback by the key in its argument.
 */
public final class WakingSocketFactory extends SocketFactory {

    private static final AtomicLong KEYS = new AtomicLong();

    private static final Map<String, Runnable> WAKES = new ConcurrentHashMap<>();

    private final Runnable wake;

    /** Called by the driver. */
    public WakingSocketFactory(String key) {
        this.wake = Objects.requireNonNull(WAKES.get(key), "Expected a registered key, but it is not");
    }

    static Registration register(Runnable wake) {
        String key = "wake-" + KEYS.incrementAndGet();
        WAKES.put(key, wake);
        return new Registration(key);
    }

    @Override
    public Socket createSocket() {
        return new WakingSocket(wake);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("Expected the driver to connect the socket itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("Expected the driver to connect the socket itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("Expected the driver to connect the socket itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("Expected the driver to connect the socket itself");
    }

    /** Keeps the callback findable until closed. */
    record Registration(String key) implements AutoCloseable {

        @Override
        public void close() {
            WAKES.remove(key);
        }
    }

    private static final class WakingSocket extends Socket {

        private final Runnable wake;

        WakingSocket(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new WakingStream(super.getInputStream(), wake);
        }
    }

    private static final class WakingStream extends FilterInputStream {

        private final Runnable wake;

        WakingStream(InputStream in, Runnable wake) {
            super(in);
            this.wake = wake;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            wake.run();
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            wake.run();
            return count;
        }
    }
}
