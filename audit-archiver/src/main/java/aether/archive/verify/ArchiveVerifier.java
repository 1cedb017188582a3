package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.LOCKS;
import static aether.archive.verify.VerificationLevel.PROOFS;
import static aether.archive.verify.VerificationLevel.SIGNATURES;
import static aether.archive.verify.VerificationLevel.TREE;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyObjects;
import aether.archive.log.Checkpoint;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.read.ArchiveReader;
import aether.archive.read.DirectoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole archive from its files alone. It holds a few bundles, whatever the log's size; besides them the names
 * of the seals, and at {@link VerificationLevel#DOMAIN} a number for each stream.
 */
public final class ArchiveVerifier {

    private final ArchiveReader archive;
    private final VerificationRequest request;
    private final Findings findings = new Findings();
    private @Nullable Witnessed witnessed; // null while nobody asked for it

    private ArchiveVerifier(ArchiveReader archive, VerificationRequest request) {
        this.archive = archive;
        this.request = request;
    }

    /**
     * Checks everything, on all cores.
     *
     * @param archive the archive's directory
     * @param vkeyFile a file with the vkey line that the reader got from elsewhere; without it the archive can only be
     *     checked against itself
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when there is no archive or no key in the file
     */
    public static VerificationReport verify(Path archive, Optional<Path> vkeyFile) throws IOException {
        ArchiveReader reader = DirectoryReader.open(archive);
        return verify(
                reader,
                VerificationRequest.everything(
                        vkeyFile.isPresent() ? VerifierKey.parse(Files.readString(vkeyFile.get())) : null));
    }

    /**
     * Checks what is asked for.
     *
     * @throws IOException when an object cannot be read
     */
    public static VerificationReport verify(ArchiveReader archive, VerificationRequest request) throws IOException {
        try {
            return new ArchiveVerifier(archive, request).verify();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private VerificationReport verify() throws IOException {
        ArchivedKeys read = ArchivedKeys.read(KeyObjects.of(archive), request.key());
        read.faults().forEach(fault -> findings.wrong(SIGNATURES, fault.object(), fault.sentence()));
        KeyChain keys = read.chain();
        if (keys == null) {
            return report(Optional.empty(), Optional.empty());
        }
        keys.statements()
                .forEach(statement -> findings.remark("The log's key changed at size " + statement.size() + " on "
                        + statement.at() + ", from " + statement.from().idHex() + " to "
                        + statement.to().idHex() + "; both have signed " + statement.object() + "."));
        keys.bases().forEach(base -> findings.remark(base.sentence()));
        Optional<EpochBase> beyond = request.key() == null ? Optional.empty() : keys.baseAfter(request.key());
        beyond.ifPresent(base -> findings.remark("The key that you brought vouches for the first " + base.sealed()
                + " entries, up to the newest seal of its epoch, and not for the key "
                + base.to().idHex()
                + " of the next one: bring that, " + base.to().vkey() + ", from where you have this one."));
        SealedCheckpoints sealed = new SealedCheckpoints(archive);
        SecondSignature second = SecondSignature.of(archive, keys, request.mlDsa44(), findings);
        Optional<Checkpoint> promised = newest(sealed, keys, second);
        long prunedBelow = new PrunedCheck(archive, findings)
                .check(keys, promised, request.clock().instant());
        try (InOrder workers = new InOrder(request.threads())) {
            new SealCheck(archive, sealed, keys, second, findings).check(workers, request.progress());
            new StampCheck(archive, request.authorities(), findings).check(workers, request.progress());
            new CosignCheck(archive, keys, findings).check(workers, request.progress());
            WitnessPolicy policy = request.policy();
            if (policy != null && promised.isPresent()) {
                witnessed = new PolicyCheck(archive, policy, findings).check(keys, promised.get());
            }
            if (promised.isPresent()) {
                checkEntries(promised.get(), keys, sealed, prunedBelow, workers);
            }
            if (request.level().includes(LOCKS)) {
                new LockCheck(archive, keys, sealed, findings).check(workers, request.progress());
            }
        }
        return report(promised, beyond);
    }

    private void checkEntries(
            Checkpoint promised, KeyChain keys, SealedCheckpoints sealed, long prunedBelow, InOrder workers)
            throws IOException {
        VerificationLevel level = request.level();
        if (level.includes(PROOFS)) {
            ProofCheck proofs = new ProofCheck(archive, promised, findings);
            if (!level.includes(TREE)) { // which derives every sealed root
                proofs.checkConsistency(sealed, prunedBelow, request.progress());
            }
            proofs.checkBases(keys.bases(), prunedBelow);
            proofs.checkInclusion(request.positions());
        }
        if (level.includes(TREE)) {
            new TreeCheck(archive, sealed, prunedBelow, findings).check(promised, level, workers, request.progress());
        }
    }

    /** A sealed checkpoint may be ahead of the live one: a promise is a promise, wherever it lies. */
    private Optional<Checkpoint> newest(SealedCheckpoints sealed, KeyChain keys, SecondSignature second)
            throws IOException {
        SignatureCheck signatures = new SignatureCheck(archive, second);
        Optional<Checkpoint> live = signatures.checkpoint("checkpoint", keys, findings);
        long[] sizes = sealed.sizes();
        if (live.isEmpty() || sizes.length == 0) {
            return live;
        }
        Optional<Checkpoint> last =
                signatures.checkpoint(SealedCheckpoints.key(sizes[sizes.length - 1]), keys, new Findings());
        if (last.isEmpty() || last.get().size() <= live.get().size()) {
            return live;
        }
        findings.remark("The live checkpoint is of size " + live.get().size() + " and behind the sealed one of size "
                + last.get().size() + ": its writer died before it published, or the live one was put back.");
        return last;
    }

    private VerificationReport report(Optional<Checkpoint> promised, Optional<EpochBase> beyond) {
        long entries = promised.map(Checkpoint::size).orElse(0L);
        return new VerificationReport(
                request.level(),
                request.key() != null && beyond.isEmpty(),
                request.key() == null ? 0 : beyond.map(EpochBase::sealed).orElse(entries),
                entries,
                promised.map(checkpoint -> checkpoint.root().base64()).orElse(""),
                findings.wrong(),
                findings.left(),
                findings.remarks(),
                witnessed);
    }
}
