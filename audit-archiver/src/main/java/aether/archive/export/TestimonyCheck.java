package aether.archive.export;

import aether.archive.cosign.Cosignatures;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.CosignerKey;
import aether.archive.log.SignedNote;
import aether.archive.policy.Cosigned;
import aether.archive.policy.WitnessPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Checks what witnesses have cosigned in an export, and holds it against the reader's policy. */
final class TestimonyCheck {

    private static final List<String> FOLDERS = List.of(
            ExportFile.LOG + Cosignatures.PREFIX,
            ExportFile.LOG + Cosignatures.KEYS,
            ExportFile.LOG + Testimony.CONSISTENCY);

    private final ExportFile file;
    private final Manifest manifest;
    private final KeyChain keys;
    private final Consumer<String> wrong;
    private final List<String> remarks = new ArrayList<>();
    private final NavigableMap<Long, SignedNote> bySize = new TreeMap<>();

    /** Checks against the log's keys; what is wrong is told in sentences. */
    TestimonyCheck(ExportFile file, Manifest manifest, KeyChain keys, Consumer<String> wrong) {
        this.file = file;
        this.manifest = manifest;
        this.keys = keys;
        this.wrong = wrong;
    }

    /** Checks each; answers who has witnessed what. */
    List<String> check() throws IOException {
        List<String> cosigned = file.names().stream()
                .filter(name -> name.startsWith(ExportFile.LOG + Cosignatures.PREFIX))
                .toList();
        if (cosigned.size() > Evidence.MAX_OBJECTS) { // a signature each, from whoever made the zip
            wrong.accept("Expected at most " + Evidence.MAX_OBJECTS + " cosigned checkpoints, but there are "
                    + cosigned.size() + ".");
            return remarks;
        }
        Set<String> known = new HashSet<>(cosigned);
        for (String name : cosigned) {
            check(name, known);
        }
        file.names().stream()
                .filter(name -> FOLDERS.stream().anyMatch(name::startsWith) && !known.contains(name))
                .forEach(name -> wrong.accept("Expected " + name + " to belong to a cosigned checkpoint of a size below"
                        + " the export's, but there is none."));
        return remarks;
    }

    private void check(String file, Set<String> known) throws IOException {
        Optional<Cosignatures.Name> name = Cosignatures.name(file.substring(ExportFile.LOG.length()));
        try {
            if (name.isEmpty() || name.get().size() > manifest.checkpoint().size()) {
                throw new IllegalArgumentException(
                        "Expected it to be named by a size within the log and a key id, but it is not.");
            }
            known.add(ExportFile.LOG + name.get().key());
            known.add(ExportFile.LOG + Testimony.consistency(name.get().size()));
            Testimony testimony = Testimony.of(
                    name.get(), bytes(file), bytes(ExportFile.LOG + name.get().key()), keys);
            requireBeginning(testimony.checkpoint());
            bySize.merge(
                    name.get().size(), testimony.note(), (one, other) -> one.withAll(other.of(testimony.witness())));
            remarks.add(sentence(testimony.witness(), testimony));
        } catch (IllegalArgumentException e) {
            wrong.accept("The cosigned checkpoint " + file + " is worth nothing. " + e.getMessage());
        }
    }

    private void requireBeginning(Checkpoint cosigned) throws IOException {
        Checkpoint export = manifest.checkpoint();
        String name = ExportFile.LOG + Testimony.consistency(cosigned.size());
        boolean last = cosigned.size() == export.size();
        if (last != file.read(name).isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected " + name + " beside it when it is older than log/checkpoint, and only then.");
        }
        if (!Testimony.decode(last ? new byte[0] : bytes(name), cosigned.size(), export.size())
                .proves(cosigned.root(), export.root())) {
            throw new IllegalArgumentException("Expected " + (last ? "it" : name) + " to show that it is a beginning of"
                    + " the log of size " + export.size() + ", but it does not.");
        }
    }

    private String sentence(CosignerKey witness, Testimony testimony) {
        return "Witnessed by " + witness.name() + ": "
                + upTo(testimony.checkpoint().size()) + ", cosigned at " + testimony.at() + " with the key "
                + witness.idHex() + " in the export.";
    }

    private String upTo(long size) {
        return "the log up to size " + size + (size >= manifest.to() ? ", which holds all that was looked at" : "");
    }

    /**
     * Demands the quorum of a policy under a checkpoint.
     *
     * @param firstEvent the position of the first event in the export, if there is any
     */
    void demand(WitnessPolicy policy, Optional<Long> firstEvent) {
        if (!policy.logs().isEmpty() && policy.logs().stream().noneMatch(log -> keys.holds(log.key()))) {
            wrong.accept("Expected a log of the policy, but none of its "
                    + policy.logs().size() + " log lines has a key of " + keys.origin() + ".");
        }
        Cosigned nobody = policy.judge(new SignedNote("\n", List.of()));
        if (nobody.enough()) {
            remarks.add("The policy demands no witness.");
            return;
        }
        for (Map.Entry<Long, SignedNote> each : bySize.descendingMap().entrySet()) {
            Cosigned by = policy.judge(each.getValue());
            if (by.enough()) {
                found(each.getKey(), by, firstEvent);
                return;
            }
        }
        Cosigned best =
                bySize.isEmpty() ? nobody : policy.judge(bySize.lastEntry().getValue());
        wrong.accept("Expected a checkpoint in the export under which the policy's quorum stands, but there is none: "
                + (bySize.isEmpty() ? "" : "at size " + bySize.lastKey() + ", ") + best.clause() + ".");
    }

    private void found(long size, Cosigned by, Optional<Long> firstEvent) {
        if (firstEvent.isPresent() && firstEvent.get() >= size) {
            wrong.accept(
                    "Expected the policy's quorum under a checkpoint that holds events of the export, but it stands"
                            + " under that of size " + size + ", and the first event is at position " + firstEvent.get()
                            + ".");
            return;
        }
        remarks.add("The policy's quorum stands under the checkpoint of size " + size + ": " + by.clause() + "."
                + (size >= manifest.to()
                        ? ""
                        : " No quorum has seen what was looked at from position " + size + " on yet."));
    }

    private byte[] bytes(String name) throws IOException {
        return file.read(name)
                .orElseThrow(() -> new IllegalArgumentException("Expected " + name + " beside it, but it is missing."));
    }
}
