package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Checkpoint;
import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.log.TilePath;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Proves single entries of an archive (C2SP tlog-proof); for a known index it reads only the objects on the way. */
public final class ArchiveProver {

    private static final String CHECKPOINT = "checkpoint";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArchiveReader archive;
    private final VerifierKey key;
    private final String note;
    private final long size;
    private final Map<TilePath, List<Hash>> tiles = new HashMap<>();

    ArchiveProver(ArchiveReader archive, VerifierKey key) throws IOException {
        this.archive = archive;
        this.key = key;
        this.note = new String(require(CHECKPOINT), UTF_8);
        SignedNote signed = SignedNote.parse(note);
        if (!signed.isSignedBy(key)) {
            throw new IllegalArgumentException("Expected the archive's checkpoint to be signed with " + key.vkey()
                    + ", but it has no valid signature of that key.");
        }
        this.size = Checkpoint.parse(signed.text()).size();
    }

    /**
     * Proves against the archive's published checkpoint.
     *
     * @param archive the archive's directory
     * @param vkeyFile the log's key as the reader got it from elsewhere; without it the one in the archive is taken
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when there is no archive, no key, or no checkpoint signed with it
     */
    public static ArchiveProver open(Path archive, @Nullable Path vkeyFile) throws IOException {
        if (!Files.isDirectory(archive)) {
            throw new IllegalArgumentException("Expected an archive in " + archive + ", but it is no directory.");
        }
        Path vkey = vkeyFile == null ? archive.resolve(SignatureCheck.FIRST_KEY) : vkeyFile;
        return new ArchiveProver(new DirectoryReader(archive), VerifierKey.parse(Files.readString(vkey)));
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
        byte[] entry = entries(index / TilePath.FULL).get((int) (index % TilePath.FULL));
        try {
            TlogProof proof = TlogProof.of(entry, new ProofBuilder(this::hashes, size).inclusion(index), note);
            if (!proof.proves(entry, key)) {
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
     * The index of the event with this id. Looks through the entries, the newest first, because the log has no index by
     * id; so it takes time in proportion to the age of the event.
     *
     * @throws IOException when an object cannot be read
     */
    public Optional<Long> indexOf(String eventId) throws IOException {
        for (long bundle = (size - 1) / TilePath.FULL; bundle >= 0 && size > 0; bundle--) {
            List<byte[]> entries = entries(bundle);
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (isOf(eventId, entries.get(i))) {
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

    private List<byte[]> entries(long bundle) throws IOException {
        int width = (int) Math.min(TilePath.FULL, size - bundle * TilePath.FULL);
        TilePath path = TilePath.entries(bundle, width);
        List<byte[]> entries = EntryBundle.decode(either(path));
        if (entries.size() < width) {
            throw new IllegalStateException(
                    "Expected " + width + " entries in " + path.path() + ", but there are " + entries.size() + ".");
        }
        return entries.subList(0, width);
    }

    private List<Hash> hashes(TilePath tile) {
        return tiles.computeIfAbsent(tile, wanted -> {
            try {
                List<Hash> hashes = Hash.split(either(wanted));
                if (hashes.size() < wanted.width()) {
                    throw new IllegalStateException("Expected " + wanted.width() + " hashes in " + wanted.path()
                            + ", but there are " + hashes.size() + ".");
                }
                return hashes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A partial tile may be gone once the complete one is there. */
    private byte[] either(TilePath tile) throws IOException {
        Optional<byte[]> partial = archive.read(tile.path());
        return partial.isPresent() ? partial.get() : require(tile.full().path());
    }

    private byte[] require(String object) throws IOException {
        return archive.read(object)
                .orElseThrow(() -> new IllegalStateException("Expected " + object + ", but it is missing."));
    }
}
