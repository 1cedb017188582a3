package aether.projection.live;

import java.io.IOException;

/** Where a stream's events go. */
interface StreamSink {

    /** Sends an event. */
    void event(String id, String data) throws IOException;

    /** Sends a line that listeners pass over. */
    void comment(String text) throws IOException;

    /** Says why the stream ends. */
    void end(String data) throws IOException;

    /** Nothing comes any more. */
    void close();
}
