package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;

import aether.archive.keys.KeyChain;
import aether.archive.keys.Succession;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.read.ArchiveReader;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * L1: each checkpoint is signed, each seal names the one before it, or what followed that; time never runs backwards.
 */
final class SealCheck {

    private static final String SEALS = "seals/";
    private static final String SUFFIX = ".json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArchiveReader archive;
    private final SealedCheckpoints sealed;
    private final KeyChain keys;
    private final SecondSignature second;
    private final Findings findings;
    private Hash previous = Hash.of(new byte[Hash.BYTES]);
    private String namedByPrevious = "";
    private Instant last = Instant.MIN;
    private final Set<Integer> followed = new HashSet<>();

    SealCheck(
            ArchiveReader archive, SealedCheckpoints sealed, KeyChain keys, SecondSignature second, Findings findings) {
        this.archive = archive;
        this.sealed = sealed;
        this.keys = keys;
        this.second = second;
        this.findings = findings;
    }

    /** One seal as far as it can be checked without the one before it. */
    private record Checked(String object, Hash hash, long size, Optional<Link> link, Findings findings) {}

    private record Link(String previous, Instant time) {}

    void check(InOrder workers, Progress progress) throws IOException {
        List<String> checkpoints = archive.children(SealedCheckpoints.PREFIX);
        List<String> seals = archive.children(SEALS);
        long[] done = new long[1];
        workers.each(checkpoints.iterator(), this::checkpoint, found -> {
            findings.addAll(found);
            progress.at(SIGNATURES, ++done[0], checkpoints.size() + (long) seals.size());
            return true;
        });
        workers.each(seals.iterator(), this::seal, seal -> {
            follow(seal);
            statementAfter(seal);
            progress.at(SIGNATURES, ++done[0], checkpoints.size() + (long) seals.size());
            return true;
        });
        for (Succession next : keys.successions()) {
            if (!followed.contains(next.number())) {
                findings.wrong(
                        SIGNATURES,
                        next.object(),
                        "Expected " + next.object() + " to follow the seal at " + next.sealed()
                                + ", but there is no such seal.");
            }
        }
    }

    private Findings checkpoint(String object) throws IOException {
        Findings found = new Findings();
        Optional<Checkpoint> checkpoint = new SignatureCheck(archive, second).checkpoint(object, keys, found);
        if (checkpoint.isPresent()
                && !object.equals(SealedCheckpoints.key(checkpoint.get().size()))) {
            found.wrong(
                    SIGNATURES,
                    object,
                    "Expected " + object + " to be of its size, but it is of "
                            + checkpoint.get().size() + ".");
        }
        return found;
    }

    private Checked seal(String object) throws IOException {
        Findings found = new Findings();
        byte[] bytes = archive.read(object).orElse(new byte[0]);
        Hash hash = Hash.sha256(bytes);
        try {
            JsonNode seal = JSON.readTree(bytes);
            long size = seal.path("size").asLong();
            String checkpoint = SealedCheckpoints.key(size);
            if (!object.equals(SEALS + checkpoint.substring(SealedCheckpoints.PREFIX.length()) + SUFFIX)) {
                found.wrong(
                        SIGNATURES, object, "Expected " + object + " to be of its size, but it is of " + size + ".");
            }
            requireRoot(object, seal, size, found);
            Instant time = Instant.parse(seal.path("time").asString());
            return new Checked(
                    object,
                    hash,
                    size,
                    Optional.of(new Link(seal.path("previous").asString(), time)),
                    found);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            found.wrong(SIGNATURES, object, "The seal " + object + " is unreadable. " + e.getMessage());
            return new Checked(object, hash, 0, Optional.empty(), found);
        }
    }

    private void requireRoot(String object, JsonNode seal, long size, Findings found) throws IOException {
        Optional<Hash> root = sealed.root(size); // whether it is signed is found out where all checkpoints are checked
        if (root.isEmpty()) {
            found.wrong(
                    SIGNATURES,
                    SealedCheckpoints.key(size),
                    "Expected a readable checkpoint in " + SealedCheckpoints.key(size) + " for " + object
                            + ", but there is none.");
        } else if (!root.get().base64().equals(seal.path("root").asString())) {
            found.wrong(
                    SIGNATURES,
                    object,
                    "Expected " + object + " to have the root of its checkpoint, but it has another one.");
        }
    }

    /** Where the key changed, the next seal names the statement or the base, which names this one. */
    private void statementAfter(Checked seal) throws IOException {
        for (Succession next : keys.after(seal.size())) {
            followed.add(next.number());
            if (!next.after().equals(previous)) {
                findings.wrong(
                        SIGNATURES,
                        next.object(),
                        "Expected " + next.object() + " to follow " + seal.object() + ", " + previous
                                + ", but it follows " + next.after() + ".");
            }
            previous = Hash.sha256(archive.read(next.object()).orElse(new byte[0]));
            namedByPrevious = "";
        }
    }

    private void follow(Checked seal) {
        findings.addAll(seal.findings());
        if (seal.link().isPresent()) {
            Link link = seal.link().get();
            boolean sibling = link.previous().equals(namedByPrevious);
            if (sibling) {
                findings.remark(
                        "The seal before " + seal.object() + " names the same seal as it does: it was made by an"
                                + " archiver that had been taken for dead, and nothing follows from it.");
            } else if (!link.previous().equals(previous.base64())) {
                findings.wrong(
                        SIGNATURES,
                        seal.object(),
                        "Expected " + seal.object() + " to name the seal before it, " + previous + ", but it names "
                                + link.previous() + ": a seal between them is missing or was changed.");
            }
            if (link.time().isBefore(last)) {
                findings.wrong(
                        SIGNATURES,
                        seal.object(),
                        "Expected " + seal.object() + " not to be before " + last + ", but it is of " + link.time()
                                + ".");
            }
            last = link.time();
            namedByPrevious = link.previous();
        }
        previous = seal.hash();
    }
}
