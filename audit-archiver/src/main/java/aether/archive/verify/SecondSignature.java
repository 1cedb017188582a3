package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.SIGNATURES;

import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyObjects;
import aether.archive.keys.KeyStatement;
import aether.archive.keys.LogKey;
import aether.archive.keys.SecondKeys;
import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import aether.archive.read.SecondKey;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** L1: from where on the log signs with ML-DSA-44 as well, every checkpoint has that signature too. */
final class SecondSignature {

    /** By the number of the key beside it; empty when there is nothing to ask for, or nothing that could check it. */
    private final Map<Integer, SecondKey> keys;

    private SecondSignature(Map<Integer, SecondKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** Asks for no second signature. */
    static SecondSignature none() {
        return new SecondSignature(Map.of());
    }

    /**
     * Asks for what the archive announces.
     *
     * @param brought the key as the reader got it from elsewhere; null when there are only those in the archive
     */
    static SecondSignature of(ArchiveReader archive, KeyChain chain, @Nullable CosignerKey brought, Findings findings)
            throws IOException {
        Map<Integer, SecondKey> known = new TreeMap<>();
        for (LogKey key : chain.keys()) {
            String object = SecondKey.object(key.number());
            try {
                SecondKeys.of(KeyObjects.of(archive), key).ifPresent(second -> known.put(key.number(), second));
            } catch (IllegalArgumentException e) {
                findings.wrong(SIGNATURES, object, object + " is worth nothing. " + e.getMessage());
                return none();
            }
        }
        for (KeyStatement statement : chain.statements()) {
            requireFollows(statement, known.get(statement.number() - 1), findings);
        }
        if (brought != null && !isKnown(brought, known.values(), findings)) {
            return none();
        }
        if (!known.isEmpty() && !Cosigner.hasMlDsa44()) {
            findings.remark(
                    "The ML-DSA-44 signatures were not checked: this Java platform has no ML-DSA-44, which needs"
                            + " Java 24 or newer.");
            return none();
        }
        return new SecondSignature(known);
    }

    private static void requireFollows(KeyStatement statement, @Nullable SecondKey before, Findings findings) {
        CosignerKey expected = before == null ? null : before.key();
        if (!Objects.equals(expected, statement.secondFrom())) {
            findings.wrong(
                    SIGNATURES,
                    statement.object(),
                    "Expected " + statement.object() + " to follow the ML-DSA-44 key " + shown(expected)
                            + ", but it follows " + shown(statement.secondFrom()) + ".");
        }
    }

    private static String shown(@Nullable CosignerKey key) {
        return key == null ? "none" : key.idHex();
    }

    private static boolean isKnown(CosignerKey brought, Collection<SecondKey> known, Findings findings) {
        for (SecondKey key : known) {
            if (key.key().equals(brought)) {
                findings.remark("Checkpoints of more than " + key.from()
                        + " entries are signed with the ML-DSA-44 key that you brought, too.");
                return true;
            }
        }
        findings.wrong(
                SIGNATURES,
                SecondKey.OBJECT,
                known.isEmpty()
                        ? "Expected the log's ML-DSA-44 key " + brought.idHex() + ", but the archive has none."
                        : "Expected the ML-DSA-44 key " + brought.idHex() + ", but it is "
                                + known.stream().map(key -> key.key().idHex()).collect(Collectors.joining(", "))
                                + ".");
        return false;
    }

    /** Looks for the signature where there must be one: beside that of the log's key. */
    void check(String object, Checkpoint checkpoint, SignedNote note, LogKey signer, Findings findings) {
        SecondKey second = keys.get(signer.number());
        if (second != null
                && checkpoint.size() > second.from()
                && second.key().cosigned(note).isEmpty()) {
            findings.wrong(
                    SIGNATURES,
                    object,
                    "The checkpoint in " + object + " has no valid ML-DSA-44 signature of "
                            + second.key().idHex() + ".");
        }
    }
}
