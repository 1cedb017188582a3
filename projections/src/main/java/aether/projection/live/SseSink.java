package aether.projection.live;

import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events over HTTP; a send to a listener that does not read blocks until the server's write timeout. */
record SseSink(SseEmitter emitter) implements StreamSink {

    @Override
    public void event(String id, String data) throws IOException {
        emitter.send(SseEmitter.event().id(id).data(data, MediaType.TEXT_PLAIN));
    }

    @Override
    public void comment(String text) throws IOException {
        emitter.send(SseEmitter.event().comment(text));
    }

    @Override
    public void end(String data) throws IOException {
        emitter.send(SseEmitter.event().name("end").data(data, MediaType.TEXT_PLAIN));
    }

    @Override
    public void close() {
        emitter.complete();
    }
}
