package aether.archive.intake;

import java.io.IOException;

/** Tells the door which position a consumer wants next, so that it can go back and publish it again. */
@FunctionalInterface
public interface WantedPositions {

    /** The consumer wants {@code position} and everything after it. */
    void state(String consumer, long position) throws IOException;
}
