package aether.archive.stamp;

import java.net.URI;
import java.util.concurrent.Future;

/** Hands questions to time-stamping authorities; never waits for them. */
interface TimestampAuthorities extends AutoCloseable {

    /** Asks one; the future fails with what went wrong, and whoever gives up on it cancels it. */
    Future<byte[]> ask(URI authority, byte[] question);

    /** Withdraws whatever was asked. */
    @Override
    void close();
}
