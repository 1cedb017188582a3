package aether.command.privacy;

import aether.command.access.Principal;
import aether.store.log.LogUnavailable;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.SQLException;
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

    /** A row may be wrapped anew between reading it and opening it; twice in a row is nobody's luck. */
    private static final int ATTEMPTS = 3;

    private final KeyStore store;

    private final MasterKey master;

    private final Supplier<UUID> ids;

    private final IntFunction<byte[]> random;

    private final Cache<Principal, SubjectKey> known = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    /**
     * Keys in a store under a master key.
     *
     * @param ids random ids: a subject's must say nothing
     * @param random so many random bytes, fit for keys
     */
    PostgresSubjectKeys(KeyStore store, MasterKey master, Supplier<UUID> ids, IntFunction<byte[]> random) {
        this.store = store;
        this.master = master;
        this.ids = ids;
        this.random = random;
    }

    @Override
    public SubjectKey of(Principal principal) {
        SubjectKey key = known.getIfPresent(principal);
        if (key == null) {
            key = sought(principal).orElseGet(() -> foundOrMade(principal));
            touch(key);
            known.put(principal, key);
        }
        return key;
    }

    @Override
    public Optional<SubjectKey> find(Principal principal) {
        return sought(principal)
                .or(() -> store.whileGenerationsStay("find a subject's key", connection -> {
                    master.refresh();
                    return sought(connection, principal);
                }));
    }

    @Override
    public Optional<SubjectKey> withPseudonym(String pseudonym) {
        return unwrapped(connection -> KeyRows.byPseudonym(connection, pseudonym));
    }

    @Override
    public Optional<SubjectKey> ofSubject(UUID subject) {
        return unwrapped(connection -> KeyRows.bySubject(connection, subject));
    }

    @Override
    public Optional<Life> life(UUID subject) {
        return store.with("find a subject's key", connection -> KeyRows.bySubject(connection, subject))
                .map(row -> new Life(row.createdAt(), row.usedAt()));
    }

    /** What other threads still remember of anybody is looked up again. */
    void forgetRemembered() {
        known.invalidateAll();
    }

    @Override
    public void close() {
        known.invalidateAll();
        store.close();
    }

    private Optional<SubjectKey> sought(Principal principal) {
        return unwrapped(
                connection -> KeyRows.byLookup(connection, master.newest().index(PrincipalText.of(principal))));
    }

    private Optional<SubjectKey> sought(Connection connection, Principal principal) throws SQLException {
        for (MasterKey.Generation generation : master.inForce()) {
            Optional<KeyRow> row = KeyRows.byLookup(connection, generation.index(PrincipalText.of(principal)));
            if (row.isPresent()) {
                KeyRow found = row.get();
                return secret(found).map(secret -> SealedPrincipal.open(found, secret));
            }
        }
        return Optional.empty();
    }

    private SubjectKey foundOrMade(Principal principal) {
        SubjectKey fresh = new SubjectKey(ids.get(), 1, principal, random.apply(SubjectKey.SECRET_BYTES));
        Optional<SubjectKey> kept = store.whileGenerationsStay("keep a subject's key", connection -> {
            master.refresh();
            Optional<SubjectKey> found = sought(connection, principal);
            if (found.isPresent()) {
                return found;
            }
            MasterKey.Generation generation = master.newest();
            KeyRows.insert(
                    connection,
                    fresh,
                    generation,
                    generation.wrap(fresh.keyId(), random.apply(AesGcm.IV_BYTES), fresh.secret()),
                    SealedPrincipal.seal(fresh, random.apply(AesGcm.IV_BYTES)));
            return sought(connection, principal); // of two at the same time one is kept
        });
        return kept.orElseThrow(() -> new LogUnavailable(
                "Expected to keep a subject's key, but another process forgot the subject meanwhile.", null));
    }

    private void touch(SubjectKey key) {
        store.with("note that a key is used", connection -> {
            KeyRows.used(connection, key.subject());
            return key;
        });
    }

    private Optional<SubjectKey> unwrapped(KeyStore.Work<Optional<KeyRow>> query) {
        for (int attempt = 1; ; attempt++) {
            Optional<KeyRow> row = store.with("find a subject's key", query);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Optional<byte[]> secret = secret(row.get());
            if (secret.isPresent()) {
                return Optional.of(SealedPrincipal.open(row.get(), secret.get()));
            }
            if (attempt == ATTEMPTS) {
                return Optional.empty(); // its generation ended: the row came back with an old backup
            }
        }
    }

    /** The row's secret; empty when its generation has just ended or is not known here. */
    private Optional<byte[]> secret(KeyRow row) {
        Optional<byte[]> secret = secretInForce(row);
        if (secret.isEmpty()) {
            master.refresh();
            secret = secretInForce(row);
        }
        return secret;
    }

    private Optional<byte[]> secretInForce(KeyRow row) {
        return master.inForce().stream()
                .filter(generation -> generation.number() == row.generation())
                .findFirst()
                .map(generation -> generation.unwrap(row.keyId(), row.wrapped()));
    }
}
