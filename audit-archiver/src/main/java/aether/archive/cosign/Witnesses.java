package aether.archive.cosign;

import java.util.concurrent.Future;

/** Brings checkpoints to witnesses; never waits for them. */
interface Witnesses extends AutoCloseable {

    /**
     * Brings one the sealed checkpoint of a size; the future fails with what went wrong, and whoever gives up on it
     * cancels it.
     */
    Future<WitnessReply> ask(WitnessAddress witness, long size);

    /** Withdraws whatever was asked. */
    @Override
    void close();
}
