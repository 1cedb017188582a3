package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.keys.ArchivedKeys;
import aether.archive.log.Checkpoint;
import aether.archive.log.CosignerKey;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import aether.archive.read.TileCache;
import aether.archive.store.DurableFiles;
import aether.archive.witness.KeyNews;
import aether.archive.witness.WitnessClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit cosign}. */
@Command(
        name = "cosign",
        mixinStandardHelpOptions = true,
        description = {
            "Asks witnesses (C2SP tlog-witness) to cosign the archive's newest checkpoint, bringing the proof "
                    + "that the log only grew since they last looked, and writes the checkpoint with their signatures to a "
                    + "file."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  aether audit cosign --archive data/archive --witness https://witness.example.com/ --witness-key w1.vkey"
                        + " --out cosigned",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every witness has signed",
            "1:one has not, or the archive cannot be read",
            ExitCodes.USAGE_TEXT
        })
final class AuditCosignCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--witness",
            paramLabel = "URL",
            required = true,
            description = "Where a witness takes checkpoints; may be repeated.")
    private List<URI> witnesses = List.of();

    @Option(
            names = "--witness-key",
            paramLabel = "FILE",
            required = true,
            description = "The file with that witness's key, one for each --witness in the same order.")
    private List<Path> keys = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the cosigned checkpoint goes.")
    private Path out;

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            if (witnesses.size() != keys.size()) {
                throw CliFailure.usage("Expected a --witness-key for each --witness, but got " + keys.size() + " for "
                        + witnesses.size() + ".");
            }
            try (ArchivePlace.Reading place = archive.place().read()) {
                return cosign(place.archive());
            } catch (IllegalArgumentException | IllegalStateException | IOException | UncheckedIOException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            }
        });
    }

    private int cosign(ArchiveReader from) throws IOException, InterruptedException {
        byte[] live = from.read("checkpoint")
                .orElseThrow(() -> new IOException("Expected a checkpoint in " + archive + ", but there is none."));
        SignedNote note = SignedNote.parse(new String(live, StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        SignedNote cosigned = note;
        for (int i = 0; i < witnesses.size(); i++) {
            CosignerKey key = CosignerKey.parse(Files.readString(keys.get(i)));
            cosigned = cosigned.with(line(from, witnesses.get(i), key, note, checkpoint.size()));
            spec.commandLine().getOut().println("Cosigned by " + key.name() + ".");
        }
        Path written = out.resolveSibling(out.getFileName() + ".new");
        DurableFiles.write(
                written,
                cosigned.format().getBytes(StandardCharsets.UTF_8),
                PosixFilePermissions.fromString("rw-r--r--"));
        DurableFiles.replace(written, out);
        spec.commandLine().getOut().println("The checkpoint of " + checkpoint.size() + " entries is in " + out + ".");
        return ExitCodes.OK;
    }

    /** A witness that refuses may not have heard yet that the log's key has changed. */
    private static String line(ArchiveReader from, URI address, CosignerKey key, SignedNote note, long size)
            throws IOException, InterruptedException {
        WitnessClient witness = new WitnessClient(address, key);
        WitnessClient.Consistency proofs = WitnessClient.Consistency.of(new ProofBuilder(new TileCache(from), size));
        try {
            return witness.line(note, size, proofs);
        } catch (IOException e) {
            if (ArchivedKeys.require(from, null).statements().isEmpty()) {
                throw e;
            }
            new KeyNews(address, key).bring(from);
            return witness.line(note, size, proofs);
        }
    }
}
