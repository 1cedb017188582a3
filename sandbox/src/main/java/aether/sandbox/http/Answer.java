package aether.sandbox.http;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.JsonNode;

/** What a door answers. */
public sealed interface Answer {
    /** A JSON body. */
    record Body(int status, JsonNode json) implements Answer {}

    /** Plain text, as health checks want it. */
    record Text(int status, String text) implements Answer {}

    /** A body that goes on, such as a watch; the writer returns when it has ended. */
    record Stream(String contentType, Writer writer) implements Answer {}

    /** No answer at all: the connection is closed, as if the network had lost it. */
    record Lost() implements Answer {}

    /** Writes a stream. */
    interface Writer {
        /** Writes until the end; an {@link IOException} means that the client has gone. */
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** A JSON body with status 200. */
    static Answer ok(JsonNode json) {
        return new Body(200, json);
    }
}
