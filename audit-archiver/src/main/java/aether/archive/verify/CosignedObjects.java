package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.cosign.Cosignatures;
import aether.archive.log.CosignerKey;
import aether.archive.log.SignedNote;
import aether.archive.policy.Cosigned;
import aether.archive.policy.WitnessPolicy;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cosigned checkpoints of an archive by their sizes; what they are worth is found out when they are asked for. */
final class CosignedObjects {

    private final ArchiveReader archive;
    private final NavigableMap<Long, List<String>> bySize = new TreeMap<>();

    CosignedObjects(ArchiveReader archive) throws IOException {
        this.archive = archive;
        for (String object : archive.children(Cosignatures.PREFIX)) {
            Cosignatures.name(object)
                    .ifPresent(name -> bySize.computeIfAbsent(name.size(), size -> new ArrayList<>())
                            .add(object));
        }
    }

    /**
     * A checkpoint with what stands under it.
     *
     * @param by who of a policy's witnesses it is; everybody whose key is in the archive, when there is no policy
     */
    record Found(long size, SignedNote note, Cosigned by) {}

    /**
     * The newest that is larger than a size and that enough witnesses have cosigned.
     *
     * @param policy whose quorum is enough; without one, any witness is
     */
    Optional<Found> newestAbove(long size, @Nullable WitnessPolicy policy) throws IOException {
        for (Map.Entry<Long, List<String>> each :
                bySize.tailMap(size, false).descendingMap().entrySet()) {
            if (policy != null && !couldBeEnough(each.getValue(), policy)) {
                continue; // years of them are not read
            }
            Optional<Found> found = read(each.getKey(), each.getValue(), policy);
            if (found.isPresent() && found.get().by().enough()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The newest of all, whoever has cosigned it. */
    Optional<Found> newest(WitnessPolicy policy) throws IOException {
        return bySize.isEmpty()
                ? Optional.empty()
                : read(bySize.lastKey(), bySize.lastEntry().getValue(), policy);
    }

    private static boolean couldBeEnough(List<String> objects, WitnessPolicy policy) {
        List<String> ids = objects.stream()
                .flatMap(object -> Cosignatures.name(object).stream())
                .map(Cosignatures.Name::id)
                .toList();
        return policy.quorum()
                .isMetBy(policy.witnesses().stream()
                        .map(witness -> witness.key())
                        .filter(key -> ids.contains(key.idHex()))
                        .collect(Collectors.toSet()));
    }

    /** Their lines under one text; an object of another text has nothing to say here. */
    private Optional<Found> read(long size, List<String> objects, @Nullable WitnessPolicy policy) throws IOException {
        SignedNote all = null;
        List<Cosigned.Seen> anybody = new ArrayList<>();
        for (String object : objects) {
            Optional<SignedNote> note = note(object);
            if (note.isEmpty() || (all != null && !note.get().text().equals(all.text()))) {
                continue;
            }
            SignedNote read = note.get();
            if (policy == null) {
                keyOf(object).flatMap(witness -> seen(witness, read)).ifPresent(anybody::add);
            }
            all = all == null ? read : all.withAll(read.signatures());
        }
        if (all == null) {
            return Optional.empty();
        }
        Cosigned by = policy == null ? new Cosigned(!anybody.isEmpty(), anybody, List.of()) : policy.judge(all);
        return Optional.of(new Found(size, all, by));
    }

    private static Optional<Cosigned.Seen> seen(CosignerKey witness, SignedNote note) {
        return witness.cosigned(note).map(at -> new Cosigned.Seen(witness.name(), at));
    }

    private Optional<SignedNote> note(String object) throws IOException {
        try {
            return archive.read(object).map(bytes -> SignedNote.parse(new String(bytes, UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // told where all of them are looked at
        }
    }

    private Optional<CosignerKey> keyOf(String object) throws IOException {
        Optional<Cosignatures.Name> name = Cosignatures.name(object);
        try {
            return name.isEmpty()
                    ? Optional.empty()
                    : archive.read(name.get().key()).map(bytes -> CosignerKey.parse(new String(bytes, UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // as above
        }
    }
}
