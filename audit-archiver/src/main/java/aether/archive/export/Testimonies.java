package aether.archive.export;

import aether.archive.cosign.Cosignatures;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.ConsistencyProof;
import aether.archive.log.ProofBuilder;
import aether.archive.log.TileReader;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of an export's evidence is worth something, with the files that show it. Cosignatures that are not genuine are
 * left out: they prove nothing, and must not keep an auditor from the rest.
 */
final class Testimonies {

    private static final Logger LOG = LoggerFactory.getLogger(Testimonies.class);

    private final List<Testimony> all = new ArrayList<>();
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private Testimonies() {}

    /**
     * Reads them.
     *
     * @throws IllegalStateException when an object is missing
     */
    static Testimonies of(
            ArchiveReader archive, Evidence evidence, KeyChain keys, Checkpoint checkpoint, TileReader tiles)
            throws IOException {
        Testimonies testimonies = new Testimonies();
        ProofBuilder proofs = new ProofBuilder(tiles, checkpoint.size());
        for (String object : evidence.objects()) {
            byte[] bytes = require(archive, object);
            Optional<Cosignatures.Name> name = Cosignatures.name(object);
            if (name.isEmpty()) {
                testimonies.files.put(object, bytes); // a timestamp
                continue;
            }
            try {
                testimonies.take(
                        object, bytes, name.get(), require(archive, name.get().key()), keys, checkpoint, proofs);
            } catch (IllegalArgumentException e) {
                LOG.warn("{} is left out of an export. {}", object, e.getMessage());
            }
        }
        return testimonies;
    }

    private void take(
            String object,
            byte[] bytes,
            Cosignatures.Name name,
            byte[] key,
            KeyChain keys,
            Checkpoint checkpoint,
            ProofBuilder proofs) {
        Testimony testimony = Testimony.of(name, bytes, key, keys);
        ConsistencyProof proof = proofs.consistency(name.size());
        if (!proof.proves(testimony.checkpoint().root(), checkpoint.root())) {
            throw new IllegalArgumentException("It is no beginning of the log of size " + checkpoint.size() + ".");
        }
        all.add(testimony);
        files.put(object, bytes);
        files.put(name.key(), key);
        if (name.size() < checkpoint.size()) {
            files.put(Testimony.consistency(name.size()), Testimony.encode(proof));
        }
    }

    private static byte[] require(ArchiveReader archive, String object) throws IOException {
        return archive.read(object)
                .orElseThrow(() -> new IllegalStateException("Expected " + object + ", but it is missing."));
    }

    /** The files beside the log's own, by the names of the archive's objects. */
    Map<String, byte[]> files() {
        return files;
    }

    /** A sentence of each for the report. */
    List<String> sentences(long from, long to) {
        return all.stream()
                .map(each -> each.witness().name() + " (key " + each.witness().idHex()
                        + ") has cosigned the log at size " + each.checkpoint().size() + ", at " + each.at() + ": "
                        + covers(each.checkpoint().size(), from, to))
                .toList();
    }

    private static String covers(long size, long from, long to) {
        if (size >= to) {
            return "all that was looked at.";
        }
        return size > from ? "what was looked at before position " + size + "." : "nothing of what was looked at yet.";
    }
}
