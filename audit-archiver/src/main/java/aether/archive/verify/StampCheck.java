package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;

import aether.archive.read.ArchiveReader;
import aether.archive.stamp.TimestampVerdict.Genuine;
import aether.archive.stamp.TimestampVerdict.Refused;
import aether.archive.stamp.Timestamps;
import aether.archive.stamp.TokenCheck;
import aether.archive.stamp.TrustedAuthorities;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** L1: each timestamp is about the sealed checkpoint of its size, and by an authority that the reader believes. */
final class StampCheck {

    private final ArchiveReader archive;
    private final TrustedAuthorities trusted;
    private final Findings findings;
    private long genuine;
    private String newest = "";

    StampCheck(ArchiveReader archive, TrustedAuthorities trusted, Findings findings) {
        this.archive = archive;
        this.trusted = trusted;
        this.findings = findings;
    }

    private record Checked(String object, Optional<Genuine> token, Findings findings) {}

    void check(InOrder workers, Progress progress) throws IOException {
        List<String> timestamps = archive.children(Timestamps.PREFIX);
        long[] done = new long[1];
        workers.each(timestamps.iterator(), this::timestamp, checked -> {
            findings.addAll(checked.findings());
            checked.token().ifPresent(token -> take(checked.object(), token));
            progress.at(SIGNATURES, ++done[0], timestamps.size());
            return true;
        });
        if (genuine > 0) {
            findings.remark(genuine + " timestamps, " + believed() + "; the newest, " + newest + ".");
        } else if (!trusted.isEmpty()) {
            findings.remark("There is no timestamp that the authorities you brought vouch for.");
        }
    }

    private void take(String object, Genuine token) {
        genuine++;
        newest = object + ", is of " + token.time() + " by " + token.authority();
    }

    private String believed() {
        return trusted.isEmpty()
                ? "checked with the certificates inside only (bring your own to be sure who made them)"
                : "by authorities you believe";
    }

    private Checked timestamp(String object) throws IOException {
        Findings found = new Findings();
        OptionalLong size = Timestamps.size(object);
        if (size.isEmpty()) {
            found.wrong(
                    SIGNATURES,
                    object,
                    "Expected timestamps named by a size, such as " + Timestamps.key(1) + ", but " + object
                            + " is not.");
            return new Checked(object, Optional.empty(), found);
        }
        String checkpoint = SealedCheckpoints.key(size.getAsLong());
        Optional<byte[]> stamped = archive.read(checkpoint);
        if (stamped.isEmpty()) {
            found.wrong(
                    SIGNATURES,
                    checkpoint,
                    "Expected " + checkpoint + ", which " + object + " is about, but it is missing.");
            return new Checked(object, Optional.empty(), found);
        }
        return switch (TokenCheck.ofStored(archive.read(object).orElse(new byte[0]), stamped.get(), trusted)) {
            case Genuine token -> new Checked(object, Optional.of(token), found);
            case Refused refused -> {
                found.wrong(SIGNATURES, object, "The timestamp " + object + " is worth nothing. " + refused.sentence());
                yield new Checked(object, Optional.empty(), found);
            }
        };
    }
}
