package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import java.util.Optional;
import java.util.function.Consumer;

/** Signs like a file key, and shows every checkpoint before it is signed. */
record WatchedSigner(Signer signer, Consumer<Checkpoint> watcher) implements Signer {

    @Override
    public VerifierKey verifierKey() {
        return signer.verifierKey();
    }

    @Override
    public byte[] sign(byte[] message) {
        String text = new String(message, UTF_8);
        if (text.startsWith(verifierKey().name() + "\n")) {
            watcher.accept(Checkpoint.parse(text));
        }
        return signer.sign(message);
    }

    @Override
    public Optional<Cosigner> mlDsa44() {
        return signer.mlDsa44();
    }
}
