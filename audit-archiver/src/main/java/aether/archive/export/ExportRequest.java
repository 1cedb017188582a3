package aether.archive.export;

import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * An export that is wanted. The same request on the same log gives the same bytes; what is left open is chosen anew
 * each time.
 *
 * @param scope which entries
 * @param key the log's key as the reader got it from elsewhere; null when there is only the one in the archive
 * @param size the size of the sealed checkpoint to prove against; null for the newest
 * @param evidence what others have signed of that log; null for what the archive has now
 * @param signer who signs the manifest; null for nobody
 */
public record ExportRequest(
        ExportScope scope,
        @Nullable VerifierKey key,
        @Nullable Long size,
        @Nullable Evidence evidence,
        @Nullable Signer signer) {

    /** With whatever others have signed by now. */
    public ExportRequest(ExportScope scope, @Nullable VerifierKey key, @Nullable Long size, @Nullable Signer signer) {
        this(scope, key, size, null, signer);
    }

    /** Hears how far an export has come. */
    @FunctionalInterface
    public interface Progress {
        /** Nobody listens. */
        Progress SILENT = (done, of) -> {};

        /** Called once per bundle with positions looked at. */
        void at(long done, long of);
    }
}
