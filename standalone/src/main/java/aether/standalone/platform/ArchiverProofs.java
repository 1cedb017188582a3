package aether.standalone.platform;

import aether.archive.Archiver;
import aether.archive.log.TlogProof;
import aether.command.strict.ProofSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Proofs of the archiver in the same process, which is started after the services that ask for them. */
final class ArchiverProofs implements ProofSource {

    private final AtomicReference<@Nullable Archiver> archiver = new AtomicReference<>();

    void started(Archiver running) {
        archiver.set(running);
    }

    @Override
    public Optional<String> await(long position, Duration limit) {
        Archiver running = archiver.get();
        try {
            return running == null
                    ? Optional.empty()
                    : running.awaitProof(position, limit).map(TlogProof::format);
        } catch (IOException e) {
            return Optional.empty(); // its own status says why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
