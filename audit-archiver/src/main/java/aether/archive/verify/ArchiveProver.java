package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.log.TilePath;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.read.ArchiveReader;
import aether.archive.read.EntryReader;
import aether.archive.read.TileCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Proves single entries of an archive (C2SP tlog-proof); for a known index it reads only the objects on the way. */
public final class ArchiveProver {

    private static final String CHECKPOINT = "checkpoint";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArchiveReader archive;
    private final KeyChain keys;
    private final VerifierKey key;
    private final String note;
    private final long size;
    private final EntryReader entries;
    private final TileCache tiles;

    ArchiveProver(ArchiveReader archive, KeyChain keys) throws IOException {
        this.archive = archive;
        this.keys = keys;
        SignedNote signed = SignedNote.parse(new String(require(CHECKPOINT), UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(signed.text());
        this.key = keys.signer(signed, checkpoint)
                .orElseThrow(() -> new IllegalArgumentException(keys.refusal(CHECKPOINT, signed, checkpoint)))
                .key();
        this.note = signed.only(key).format(); // whoever checks a proof has one key, and a proof travels in headers
        this.size = Checkpoint.parse(signed.text()).size();
        this.entries = new EntryReader(archive, size);
        this.tiles = new TileCache(archive);
    }

    /**
     * Proves against the archive's published checkpoint.
     *
     * @param key the log's key as the reader got it from elsewhere; without it the one in the archive is taken
     * @throws IOException when an object cannot be read
     * @throws IllegalArgumentException when there is no key, or no checkpoint signed with it
     */
    public static ArchiveProver open(ArchiveReader archive, @Nullable VerifierKey key) throws IOException {
        if (key == null && archive.read(KeyChain.FIRST_KEY).isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected the log's key in " + KeyChain.FIRST_KEY + ", but it is not there.");
        }
        return new ArchiveProver(archive, ArchivedKeys.require(archive, key));
    }

    /** How many entries the published checkpoint covers. */
    public long size() {
        return size;
    }

    /**
     * The proof that an entry stands at this index, with the entry inside.
     *
     * @param index from 0, below {@link #size()}
     * @throws IOException when an object cannot be read
     * @throws IllegalArgumentException when there is no such entry
     * @throws IllegalStateException when the archive is damaged on the way: nothing false is ever handed out
     */
    public TlogProof atIndex(long index) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "Expected an index from 0 to " + (size - 1) + ", but got " + index + ".");
        }
        return prove(index, size, note, key);
    }

    private TlogProof prove(long index, long against, String checkpoint, VerifierKey signer) throws IOException {
        byte[] entry = entries.bundle(index / TilePath.FULL).get((int) (index % TilePath.FULL));
        try {
            TlogProof proof = TlogProof.of(entry, new ProofBuilder(tiles, against).inclusion(index), checkpoint);
            if (!proof.proves(entry, signer)) {
                throw new IllegalStateException(
                        "Expected entry " + index + " and the tiles above it to give the signed "
                                + "root, but they do not: the archive is damaged there. 'aether audit verify' says where.");
            }
            return proof;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The proof that an entry stands at this index, against the newest checkpoint that witnesses have cosigned, with
     * their signatures.
     *
     * @param index from 0, below {@link #size()}
     * @param policy whose quorum must stand under it; null when any witness will do
     * @return empty when no such checkpoint has the entry yet
     * @throws IOException when an object cannot be read
     * @throws IllegalStateException when the archive is damaged on the way: nothing false is ever handed out
     */
    public Optional<TlogProof> cosigned(long index, @Nullable WitnessPolicy policy) throws IOException {
        Optional<CosignedObjects.Found> found = new CosignedObjects(archive).newestAbove(index, policy);
        if (index < 0 || found.isEmpty() || found.get().size() > size) {
            return Optional.empty();
        }
        SignedNote cosigned = found.get().note();
        Checkpoint checkpoint = Checkpoint.parse(cosigned.text());
        VerifierKey signer = keys.signer(cosigned, checkpoint)
                .orElseThrow(() -> new IllegalStateException(keys.refusal("the cosigned one", cosigned, checkpoint)))
                .key();
        return Optional.of(prove(index, found.get().size(), cosigned.format(), signer));
    }

    /**
     * The index of the event with this id. Looks through the entries, the newest first, because the log has no index by
     * id; so it takes time in proportion to the age of the event.
     *
     * @throws IOException when an object cannot be read
     */
    public Optional<Long> indexOf(String eventId) throws IOException {
        for (long bundle = (size - 1) / TilePath.FULL; bundle >= 0 && size > 0; bundle--) {
            List<byte[]> held = entries.bundle(bundle);
            for (int i = held.size() - 1; i >= 0; i--) {
                if (isOf(eventId, held.get(i))) {
                    return Optional.of(bundle * TilePath.FULL + i);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(String eventId, byte[] entry) {
        try {
            return JSON.readTree(entry).path("id").asString("").equals(eventId);
        } catch (JacksonException e) {
            return false; // verify reports it; here it is merely not what was looked for
        }
    }

    private byte[] require(String object) throws IOException {
        return archive.read(object)
                .orElseThrow(() -> new IllegalStateException("Expected " + object + ", but it is missing."));
    }
}
