package aether.command.privacy;

import aether.command.access.Principal;
import aether.store.log.LogUnavailable;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Subjects' keys in PostgreSQL, wrapped; what is unwrapped is remembered for a moment only. */
public final class PostgresSubjectKeys implements SubjectKeys, AutoCloseable {

    /** So long another process may go on with a key that this one destroyed. */
    public static final Duration REMEMBERED = Duration.ofSeconds(30);

    /** Who acts within half a minute. */
    private static final long MOST_REMEMBERED = 10_000;

    private final KeyTable table;

    private final MasterKey master;

    private final Supplier<UUID> ids;

    private final IntFunction<byte[]> random;

    private final Cache<Principal, SubjectKey> known = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    /**
     * Keys in a table under a master key.
     *
     * @param ids random ids: a subject's must say nothing
     * @param random so many random bytes, fit for keys
     */
    public PostgresSubjectKeys(KeyTable table, MasterKey master, Supplier<UUID> ids, IntFunction<byte[]> random) {
        this.table = table;
        this.master = master;
        this.ids = ids;
        this.random = random;
    }

    @Override
    public SubjectKey of(Principal principal) {
        SubjectKey key = known.getIfPresent(principal);
        if (key == null) {
            key = find(principal)
                    .or(() -> make(principal))
                    .orElseThrow(() -> new LogUnavailable(
                            "Expected to keep one key for a subject, but others made and destroyed it meanwhile.",
                            null));
            known.put(principal, key);
        }
        return key;
    }

    @Override
    public Optional<SubjectKey> find(Principal principal) {
        return table.byLookup(master.index(PrincipalText.of(principal))).map(this::unwrapped);
    }

    @Override
    public Optional<SubjectKey> withPseudonym(String pseudonym) {
        return table.byPseudonym(pseudonym).map(this::unwrapped);
    }

    @Override
    public Optional<SubjectKey> ofSubject(UUID subject) {
        return table.bySubject(subject).map(this::unwrapped);
    }

    @Override
    public void close() {
        known.invalidateAll();
        table.close();
    }

    /** Another process may make it at the same time; then theirs is the one. */
    private Optional<SubjectKey> make(Principal principal) {
        SubjectKey key = new SubjectKey(ids.get(), 1, principal, random.apply(SubjectKey.SECRET_BYTES));
        table.insert(new KeyTable.Row(
                key.subject(),
                key.number(),
                master.generation(),
                master.index(PrincipalText.of(principal)),
                key.pseudonym(),
                master.wrap(key.keyId(), random.apply(AesGcm.IV_BYTES), key.secret()),
                SealedPrincipal.seal(key, random.apply(AesGcm.IV_BYTES))));
        return find(principal);
    }

    private SubjectKey unwrapped(KeyTable.Row row) {
        byte[] secret = master.unwrap(row.generation(), SubjectKey.keyId(row.subject(), row.number()), row.wrapped());
        return SealedPrincipal.open(row, secret);
    }
}
