package aether.archive.stamp;

import aether.archive.stamp.TestAuthority.Fault;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Authorities that answer at once, wrongly, or never. */
final class InMemoryAuthorities implements TimestampAuthorities {

    private final TestAuthority authority;
    private final InstantSource time;
    final List<URI> asked = new ArrayList<>();
    final List<CompletableFuture<byte[]>> answers = new ArrayList<>();
    Fault fault = Fault.NONE;
    boolean silent;

    InMemoryAuthorities(TestAuthority authority, InstantSource time) {
        this.authority = authority;
        this.time = time;
    }

    @Override
    public Future<byte[]> ask(URI uri, byte[] question) {
        asked.add(uri);
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        if (!silent) {
            answer.complete(authority.answer(question, time.instant(), fault));
        }
        answers.add(answer);
        return answer;
    }

    @Override
    public void close() {
        answers.forEach(answer -> answer.cancel(true));
    }
}
