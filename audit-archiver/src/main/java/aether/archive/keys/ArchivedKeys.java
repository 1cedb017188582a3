package aether.archive.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys as an archive has them, as far as they can be believed.
 *
 * @param chain up to the first fault; null when there is no key at all
 * @param faults what is wrong with them
 */
public record ArchivedKeys(@Nullable KeyChain chain, List<Fault> faults) {

    /**
     * Something that is wrong.
     *
     * @param object the object that it is about
     * @param sentence what was expected and what is there
     */
    public record Fault(String object, String sentence) {}

    /** Keeps its own list. */
    public ArchivedKeys {
        faults = List.copyOf(faults);
    }

    /**
     * Reads them.
     *
     * @param brought a key that the reader got from elsewhere; null when there are only those in the archive
     */
    public static ArchivedKeys read(KeyObjects archive, @Nullable VerifierKey brought) throws IOException {
        List<Fault> faults = new ArrayList<>();
        Optional<VerifierKey> first = first(archive, faults);
        List<Succession> statements = statements(archive, faults);
        KeyChain chain = chain(first.orElse(null), statements, brought, faults);
        if (chain != null && brought != null && !chain.holds(brought)) {
            faults.add(new Fault(KeyChain.PREFIX, chain.stranger(brought)));
        }
        return new ArchivedKeys(chain, faults);
    }

    private static Optional<VerifierKey> first(KeyObjects archive, List<Fault> faults) throws IOException {
        String object = KeyChain.FIRST_KEY;
        Optional<byte[]> vkey = archive.read(object);
        if (vkey.isEmpty()) {
            faults.add(new Fault(object, "Expected a public key in " + object + ", but there is none."));
            return Optional.empty();
        }
        try {
            return Optional.of(VerifierKey.parse(new String(vkey.get(), UTF_8)));
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(object, "The public key in " + object + " is unreadable. " + e.getMessage()));
            return Optional.empty();
        }
    }

    /** The statements and bases without a gap; each is named by the number of its key. */
    private static List<Succession> statements(KeyObjects archive, List<Fault> faults) throws IOException {
        List<Succession> read = new ArrayList<>();
        List<String> named = archive.children(KeyChain.PREFIX).stream()
                .filter(KeyChain::isSuccession)
                .toList();
        for (int number = 1; number <= named.size(); number++) {
            String base = KeyChain.base(number);
            String object = named.contains(base) ? base : KeyChain.statement(number);
            if (named.contains(base) && named.contains(KeyChain.statement(number))) {
                faults.add(new Fault(
                        base,
                        "FORK: expected one key " + number + ", but " + base + " and " + KeyChain.statement(number)
                                + " both name one."));
                return read;
            }
            Optional<byte[]> bytes = archive.read(object);
            if (bytes.isEmpty()) {
                faults.add(new Fault(object, "Expected " + object + " before a later statement, but it is missing."));
                return read;
            }
            try {
                Succession next = Succession.parse(bytes.get());
                if (!next.object().equals(object)) {
                    throw new IllegalArgumentException("It belongs in " + next.object() + ".");
                }
                read.add(next);
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(object, "The statement " + object + " is worth nothing. " + e.getMessage()));
                return read;
            }
        }
        return read;
    }

    private static @Nullable KeyChain chain(
            @Nullable VerifierKey first,
            List<Succession> statements,
            @Nullable VerifierKey brought,
            List<Fault> faults) {
        VerifierKey otherwise =
                statements.isEmpty() ? brought : statements.getFirst().from();
        VerifierKey begins = first == null ? otherwise : first;
        if (begins == null) {
            return null;
        }
        // Where nothing was ever handed over, what the brought key has not signed is told where it is found.
        KeyChain chain = KeyChain.of(statements.isEmpty() && brought != null ? brought : begins);
        for (Succession next : statements) {
            try {
                chain = chain.with(next);
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(next.object(), String.valueOf(e.getMessage())));
                return chain;
            }
        }
        return chain;
    }

    /**
     * The chain, if there is nothing wrong with it.
     *
     * @throws IllegalStateException saying what is wrong
     */
    public KeyChain sound() {
        KeyChain read = chain;
        if (!faults.isEmpty() || read == null) {
            throw new IllegalStateException(faults.getFirst().sentence());
        }
        return read;
    }

    /**
     * The keys of an archive that a reader must be able to rely on.
     *
     * @param brought a key from elsewhere; null when there are only those in the archive
     * @throws IllegalStateException when there is something wrong with them
     */
    public static KeyChain require(ArchiveReader archive, @Nullable VerifierKey brought) throws IOException {
        if (brought != null && archive.children(KeyChain.PREFIX).isEmpty()) {
            return KeyChain.of(brought); // a log of somebody else's make
        }
        return read(KeyObjects.of(archive), brought).sound();
    }

    /** The same for the writer. */
    public static KeyChain require(WormStore worm) throws IOException {
        return read(KeyObjects.of(worm), null).sound();
    }

    /**
     * The statement by which the present key of a chain hands over, if there is one: for whoever follows a log, and may
     * have begun with a later key than the log itself. Whether it is worth anything is not asked.
     */
    public static Optional<byte[]> following(ArchiveReader archive, KeyChain known) throws IOException {
        String line = "\nfrom " + known.present().key().vkey() + "\n";
        for (String object : archive.children(KeyChain.PREFIX)) {
            Optional<byte[]> bytes = KeyChain.isStatement(object) ? archive.read(object) : Optional.empty();
            if (bytes.isPresent() && new String(bytes.get(), UTF_8).contains(line)) {
                return bytes;
            }
        }
        return Optional.empty();
    }
}
