package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;
import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.cosign.Cosignatures;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.policy.Cosigned;
import aether.archive.policy.WitnessPolicy;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * L1: the log is one that the reader's policy accepts, and the quorum stands under one of its checkpoints. What was
 * entered after that checkpoint no witness has vouched for yet, which is told.
 */
final class PolicyCheck {

    private static final String LIVE = "checkpoint";

    private final ArchiveReader archive;
    private final WitnessPolicy policy;
    private final Findings findings;

    PolicyCheck(ArchiveReader archive, WitnessPolicy policy, Findings findings) {
        this.archive = archive;
        this.policy = policy;
        this.findings = findings;
    }

    Witnessed check(KeyChain keys, Checkpoint promised) throws IOException {
        if (!policy.logs().isEmpty() && policy.logs().stream().noneMatch(log -> keys.holds(log.key()))) {
            findings.wrong(
                    SIGNATURES,
                    KeyChain.PREFIX,
                    "Expected a log of the policy, but none of its "
                            + policy.logs().size() + " log lines has a key of " + keys.origin() + ".");
        }
        Cosigned nobody = policy.judge(new SignedNote("\n", List.of()));
        if (nobody.enough()) {
            findings.remark("The policy demands no witness.");
            return new Witnessed(promised.size(), nobody);
        }
        CosignedObjects kept = new CosignedObjects(archive);
        Optional<Witnessed> live = live(promised);
        Optional<Witnessed> enough = live.isPresent() && live.get().by().enough()
                ? live
                : kept.newestAbove(0, policy).map(found -> new Witnessed(found.size(), found.by()));
        if (enough.isEmpty()) {
            Witnessed best = kept.newest(policy)
                    .map(found -> new Witnessed(found.size(), found.by()))
                    .or(() -> live)
                    .orElse(new Witnessed(0, nobody));
            findings.wrong(
                    SIGNATURES,
                    Cosignatures.PREFIX,
                    "Expected a checkpoint under which the policy's quorum stands, but there is none: "
                            + (best.size() == 0 ? "" : "at size " + best.size() + ", ")
                            + best.by().clause() + ".");
            return best;
        }
        Witnessed witnessed = enough.get();
        long after = promised.size() - witnessed.size();
        findings.remark("The policy's quorum stands under the checkpoint of size " + witnessed.size() + ": "
                + witnessed.by().clause() + "."
                + (after > 0 ? " No quorum has seen the " + after + " entries after it yet." : ""));
        return witnessed;
    }

    /** A log of another make may have its cosignatures where its readers look first. */
    private Optional<Witnessed> live(Checkpoint promised) throws IOException {
        try {
            Optional<SignedNote> note = archive.read(LIVE).map(bytes -> SignedNote.parse(new String(bytes, UTF_8)));
            if (note.isEmpty() || !Checkpoint.parse(note.get().text()).equals(promised)) {
                return Optional.empty();
            }
            Cosigned by = policy.judge(note.get());
            return Optional.of(new Witnessed(promised.size(), by));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // told where it is looked at
        }
    }
}
