package aether.archive.keys;

import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of one log in their order, each handed over to by the one before it. Who trusts an earlier key trusts what
 * it says about its successor; who trusts a later one trusts what it repeats of the time before it. It never changes.
 */
public final class KeyChain {

    /** Where keys and statements lie. */
    public static final String PREFIX = "keys/";

    /** The key that a log begins with. */
    public static final String FIRST_KEY = "keys/0.vkey";

    private static final String STATEMENT = ".statement";
    private static final String BASE = ".base";

    private final List<LogKey> keys;

    private KeyChain(List<LogKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A log whose key has not changed, or not since somebody knows it by this one. */
    public static KeyChain of(VerifierKey key) {
        return new KeyChain(List.of(new LogKey(0, key, null, Long.MAX_VALUE)));
    }

    /**
     * The chain from statements and bases alone, for whoever has one key and no archive. It ends where a later epoch
     * begins, because no key vouches for that of a later epoch.
     *
     * @param brought the trusted key, wherever it stands in the chain
     * @throws IllegalArgumentException when they make no chain, or the key is not in it
     */
    public static KeyChain of(VerifierKey brought, List<byte[]> statements) {
        List<Succession> read = statements.stream()
                .map(Succession::parse)
                .distinct()
                .sorted(Comparator.comparingInt(Succession::number))
                .toList();
        if (read.isEmpty()) {
            return of(brought);
        }
        KeyChain chain = of(read.getFirst().from());
        for (Succession next : read) {
            chain = chain.with(next);
        }
        chain.require(brought);
        return chain.within(brought);
    }

    /** The same up to the end of a key's epoch. */
    private KeyChain within(VerifierKey brought) {
        Optional<EpochBase> beyond = baseAfter(brought);
        if (beyond.isEmpty()) {
            return this;
        }
        List<LogKey> shorter = new ArrayList<>(
                keys.stream().takeWhile(key -> !beyond.get().equals(key.by())).toList());
        LogKey last = shorter.removeLast();
        shorter.add(new LogKey(last.number(), last.key(), last.by(), Long.MAX_VALUE));
        return new KeyChain(shorter);
    }

    /** The first epoch that begins after a key of the log, for which that key cannot vouch. */
    public Optional<EpochBase> baseAfter(VerifierKey brought) {
        return keys.stream()
                .dropWhile(key -> !key.key().equals(brought))
                .skip(1)
                .flatMap(key -> Stream.ofNullable(key.base()))
                .findFirst();
    }

    /** The object with the statement by which the key of this number became the log's. */
    public static String statement(int number) {
        return PREFIX + number + STATEMENT;
    }

    /** The object with the base of the epoch that began with the key of this number. */
    public static String base(int number) {
        return PREFIX + number + BASE;
    }

    /** Whether an object is named like a statement. */
    static boolean isStatement(String object) {
        return object.endsWith(STATEMENT);
    }

    /** Whether an object is named like a statement or a base. */
    static boolean isSuccession(String object) {
        return isStatement(object) || object.endsWith(BASE);
    }

    /**
     * The chain with one key more.
     *
     * @throws IllegalArgumentException when the statement or base does not follow
     */
    public KeyChain with(Succession next) {
        Optional<String> fault = fault(next);
        if (fault.isPresent()) {
            throw new IllegalArgumentException(fault.get());
        }
        List<LogKey> longer = new ArrayList<>(keys);
        longer.set(longer.size() - 1, present().handingOver(next));
        longer.add(new LogKey(next.number(), next.to(), next, Long.MAX_VALUE));
        return new KeyChain(longer);
    }

    private Optional<String> fault(Succession next) {
        LogKey last = present();
        Succession before = last.by();
        String object = next.object();
        Optional<LogKey> retired = keys.stream()
                .filter(key -> key.key().equals(next.from()) && !key.equals(last))
                .findFirst();
        if (retired.isPresent() && next instanceof EpochBase) {
            Succession first = keys.get(keys.indexOf(retired.get()) + 1).by();
            return Optional.of("FORK: expected the key " + id(retired.get()) + " to be followed once, but "
                    + (first == null ? "another" : first.object()) + " and " + object + " both begin after it.");
        }
        if (retired.isPresent()) {
            return Optional.of("FORK: expected " + object + " to be signed by the key " + id(last)
                    + ", but it is signed by " + id(retired.get()) + ", which has handed over at size "
                    + retired.get().until() + " already.");
        }
        if (!next.from().equals(last.key())) {
            return Optional.of("Expected " + object + " to follow the key "
                    + last.key().vkey() + ", but it follows " + next.from().vkey() + ".");
        }
        if (before != null && next.number() != last.number() + 1) {
            return Optional.of("Expected the statement of key " + (last.number() + 1) + ", but it is of key "
                    + next.number() + ".");
        }
        if (before != null && next instanceof KeyStatement && next.size() == last.from()) {
            return Optional.of("FORK: expected one statement for size " + next.size() + ", but there are "
                    + before.object() + " and " + object + ".");
        }
        Optional<EpochBase> epoch = bases().reversed().stream().findFirst();
        if (next instanceof EpochBase base
                && epoch.isPresent()
                && base.epoch() != epoch.get().epoch() + 1) {
            return Optional.of("Expected " + object + " to begin epoch "
                    + (epoch.get().epoch() + 1) + ", but it begins epoch " + base.epoch() + ".");
        }
        if (next.size() < last.from() || next.at().isBefore(last.since())) {
            return Optional.of("Expected " + object + " to come after size " + last.from() + " and " + last.since()
                    + ", but it is of size " + next.size() + " and of " + next.at() + ".");
        }
        if (keys.stream().anyMatch(key -> key.key().equals(next.to()))) {
            return Optional.of("Expected " + object + " to name a key that the log never had, but it had "
                    + next.to().idHex() + " before.");
        }
        return Optional.empty();
    }

    /** The key that signs now. */
    public LogKey present() {
        return keys.getLast();
    }

    /** All of them, the oldest first. */
    public List<LogKey> keys() {
        return keys;
    }

    /** The statements, the oldest first. */
    public List<KeyStatement> statements() {
        return keys.stream().map(LogKey::statement).flatMap(Stream::ofNullable).toList();
    }

    /** Statements and bases, the oldest first. */
    public List<Succession> successions() {
        return keys.stream().map(LogKey::by).flatMap(Stream::ofNullable).toList();
    }

    /** What the epochs after the first are built on, the oldest first. */
    public List<EpochBase> bases() {
        return keys.stream().map(LogKey::base).flatMap(Stream::ofNullable).toList();
    }

    /** The name that the log has now, in its newest epoch. */
    public String origin() {
        return present().key().name();
    }

    /** The name that the log has had from the first of these keys on. */
    public String firstOrigin() {
        return keys.getFirst().key().name();
    }

    /** What followed the seal of this size before another seal did, in its order. */
    public List<Succession> after(long sealed) {
        return successions().stream().filter(next -> next.sealed() == sealed).toList();
    }

    /** Whether it is one of the log's. */
    public boolean holds(VerifierKey key) {
        return keys.stream().anyMatch(known -> known.key().equals(key));
    }

    /**
     * Wants a key to be one of the log's.
     *
     * @throws IllegalArgumentException when it is not
     */
    public void require(VerifierKey brought) {
        if (!holds(brought)) {
            throw new IllegalArgumentException(stranger(brought));
        }
    }

    String stranger(VerifierKey brought) {
        return "Expected the key that you brought, " + brought.vkey() + ", to be one of the log's, but those are "
                + keys.stream().map(key -> key.key().vkey()).collect(Collectors.joining(", ")) + ".";
    }

    /**
     * The key that has signed this checkpoint and may speak for its size. Where one key hands over to the next, both
     * may, but only for the tree to which both have sworn.
     */
    public Optional<LogKey> signer(SignedNote note, Checkpoint checkpoint) {
        if (contradiction(checkpoint).isPresent()) {
            return Optional.empty();
        }
        return keys.reversed().stream()
                .filter(key -> key.key().name().equals(checkpoint.origin())
                        && key.speaksFor(checkpoint.size())
                        && note.isSignedBy(key.key()))
                .findFirst();
    }

    private Optional<Succession> contradiction(Checkpoint checkpoint) {
        return successions().stream()
                .filter(next -> next.size() == checkpoint.size())
                .filter(next -> !next.root().equals(checkpoint.root()))
                .findFirst();
    }

    /** Why nobody who may has signed this, as a sentence about an object. */
    public String refusal(String object, SignedNote note, Checkpoint checkpoint) {
        long size = checkpoint.size();
        if (keys.stream().noneMatch(key -> key.key().name().equals(checkpoint.origin()))) {
            return "Expected " + object + " to be of the log " + origin() + " and signed with "
                    + keyFor(size).key().vkey() + ", but it is of " + checkpoint.origin() + "."
                    + (EpochBase.isOriginOf(firstOrigin(), checkpoint.origin())
                            ? " That is a later epoch of it, which began after a loss with a key of its own; whoever runs"
                                    + " the log has its public key."
                            : "");
        }
        Optional<Succession> contradicted = contradiction(checkpoint);
        if (contradicted.isPresent() && keys.stream().anyMatch(key -> note.isSignedBy(key.key()))) {
            return "FORK: expected the root " + contradicted.get().root() + " at size " + size + ", to which "
                    + contradicted.get().object() + " swears, but " + object + " is signed with root "
                    + checkpoint.root() + ".";
        }
        for (LogKey key : keys.reversed()) {
            if (note.isSignedBy(key.key()) && size > key.until()) {
                return outlived(object, size, key);
            }
            if (note.isSignedBy(key.key()) && size < key.from()) {
                return "Expected the checkpoint in " + object + " of size " + size
                        + " to be signed with an earlier key," + " but it is signed with " + id(key)
                        + ", which signs from size " + key.from() + " on.";
            }
        }
        return "The checkpoint in " + object + " has no valid signature of "
                + keyFor(size).key().vkey() + ".";
    }

    private String outlived(String object, long size, LogKey key) {
        Succession end = keys.get(keys.indexOf(key) + 1).by();
        if (end instanceof EpochBase base) {
            return "FORK: the checkpoint in " + object + " of size " + size + " is signed with the key " + id(key)
                    + ", whose epoch has ended at size " + base.size() + " (" + base.object()
                    + "): it is of what was lost, or whoever still has that key made it.";
        }
        return "FORK: the checkpoint in " + object + " of size " + size + " is signed with the key " + id(key)
                + ", which has handed over at size " + key.until() + " (" + statement(key.number() + 1)
                + "): whoever still has that key made it.";
    }

    /** The newest key that may speak for a size. */
    public LogKey keyFor(long size) {
        return keys.reversed().stream()
                .filter(key -> key.speaksFor(size))
                .findFirst()
                .orElse(keys.getFirst());
    }

    /** The key that signed at a time. */
    public LogKey keyAt(Instant time) {
        return keys.reversed().stream()
                .filter(key -> !key.since().isAfter(time))
                .findFirst()
                .orElse(keys.getFirst());
    }

    private static String id(LogKey key) {
        return key.key().idHex();
    }
}
