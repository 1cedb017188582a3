package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.export.ExportRequest.Progress;
import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.keys.Succession;
import aether.archive.log.BundleView;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.log.TilePath;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.read.EntryReader;
import aether.archive.read.PrunedLog;
import aether.archive.read.ReadBuffer;
import aether.archive.read.TileCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Makes an export: selects, writes every form, proves each entry against a sealed checkpoint, and hands out the file
 * only when all of that has succeeded. It holds a few bundles, and a number for each bundle with a selected entry.
 */
public final class Exporter {

    private static final String ROWS = "rows.html";
    private static final String CHECKPOINTS = "checkpoints/";

    /** So many events go to the forms at once, a few MiB, as those that are ready first wait for the slowest. */
    private static final int AT_A_TIME = 4 * TilePath.FULL;

    private final ArchiveReader archive;
    private final ExportRequest request;
    private final KeyChain keys;
    private final VerifierKey key;
    private final SignedNote note;
    private final Checkpoint checkpoint;
    private final EntryReader entries;
    private final long pruned; // the coverage says that it begins there
    private final TileCache tiles;
    private final Evidence evidence;

    private Exporter(ArchiveReader archive, ExportRequest request) throws IOException {
        this.archive = archive;
        this.request = request;
        this.keys = ArchivedKeys.require(archive, request.key());
        String sealed = checkpointKey();
        this.note = SignedNote.parse(new String(require(sealed), UTF_8));
        this.checkpoint = Checkpoint.parse(note.text());
        this.key = keys.signer(note, checkpoint)
                .orElseThrow(() -> new IllegalStateException(keys.refusal(sealed, note, checkpoint)))
                .key();
        this.entries = new EntryReader(archive, checkpoint.size());
        this.pruned = Math.min(checkpoint.size(), PrunedLog.below(archive.children(PrunedLog.PREFIX)));
        this.tiles = new TileCache(archive);
        Evidence wanted = request.evidence();
        this.evidence = wanted == null ? Evidence.newest(archive, checkpoint.size(), pruned) : wanted;
        evidence.requireWithin(checkpoint.size());
    }

    /**
     * What others have signed by now of a log of a size, so that an export may be made again to the same bytes.
     *
     * @throws IOException when the archive cannot be read
     */
    public static Evidence evidence(ArchiveReader archive, long size) throws IOException {
        return Evidence.newest(archive, size, PrunedLog.below(archive.children(PrunedLog.PREFIX)));
    }

    /**
     * Makes the export.
     *
     * @param out where it goes; what is there is replaced when the new one is complete
     * @throws IOException when the archive cannot be read or the file not be written
     * @throws IllegalStateException when the archive is damaged where the export needs it, not signed with the key, or
     *     not sealed at the wanted size
     */
    public static ExportResult export(ArchiveReader archive, ExportRequest request, Path out, Progress progress)
            throws IOException {
        try {
            return new Exporter(archive, request).export(out, progress);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A sealed one, because it is there for as long as the log is: the same export can be made again years later. */
    private String checkpointKey() throws IOException {
        Long size = request.size();
        if (size != null) {
            return String.format(Locale.ROOT, CHECKPOINTS + "%020d", size);
        }
        List<String> sealed = archive.children(CHECKPOINTS);
        if (sealed.isEmpty()) {
            throw new IllegalStateException("Expected a sealed checkpoint to prove against, but there is none yet.");
        }
        return sealed.getLast();
    }

    private ExportResult export(Path out, Progress progress) throws IOException {
        ExportScope scope = request.scope();
        long to = end(scope);
        long from = Math.min(begin(scope), to);
        try (Workplace workplace = new Workplace(out)) {
            ReportRows rows = writeEvents(workplace, from, to, progress);
            Testimonies testimonies = Testimonies.of(archive, evidence, keys, checkpoint, tiles);
            try (OutputStream report = workplace.create(Report.NAME)) {
                new Report(scope, checkpoint, from, to, isVouchedFor(), bases(), testimonies.sentences(from, to))
                        .write(report, rows, workplace.directory().resolve(ROWS));
            }
            writeKeys(workplace);
            for (Map.Entry<String, byte[]> each : testimonies.files().entrySet()) {
                workplace.write(ExportFile.LOG + each.getKey(), each.getValue());
            }
            writeProgram(workplace);
            Hash manifest =
                    writeManifest(workplace, new Manifest(scope, checkpoint, from, to, rows.count(), new TreeMap<>()));
            ReproducibleZip.write(workplace, out);
            return new ExportResult(
                    checkpoint,
                    evidence,
                    from,
                    to,
                    rows.count(),
                    manifest.hex(),
                    Workplace.sha256(out).hex());
        }
    }

    private long begin(ExportScope scope) throws IOException {
        long byTime = scope.from() == null ? 0 : TimeRange.firstAtOrAfter(entries, pruned, scope.from());
        Long position = scope.fromPosition();
        return Math.max(pruned, position == null ? byTime : Math.max(byTime, position));
    }

    private long end(ExportScope scope) throws IOException {
        long byTime = scope.to() == null ? entries.size() : TimeRange.firstAtOrAfter(entries, pruned, scope.to());
        Long position = scope.toPosition();
        return position == null ? byTime : Math.min(byTime, position);
    }

    private ReportRows writeEvents(Workplace workplace, long from, long to, Progress progress) throws IOException {
        SortedSet<Long> leafTiles = new TreeSet<>();
        try (EventSink lines = new JsonLines(workplace.create(JsonLines.NAME));
                EventSink csv = new Csv(workplace.create(Csv.NAME));
                EventSink ocsf = new Ocsf(workplace.create(Ocsf.NAME));
                EventSink parquet = new Parquet(
                        workplace.createPlain(Parquet.NAME),
                        workplace.directory().resolve(Parquet.NAME));
                ReportRows rows = new ReportRows(workplace.note(ROWS))) {
            List<EventSink> sinks = List.of(lines, csv, ocsf, parquet, rows);
            Needles needles = new Needles(request.scope().needles());
            List<ExportedEvent> batch = new ArrayList<>();
            ReadBuffer room = new ReadBuffer();
            for (long bundle = from / TilePath.FULL; bundle * TilePath.FULL < to; bundle++) {
                BundleView held = entries.view(bundle, room); // what is chosen is copied out of it
                long start = bundle * TilePath.FULL;
                int first = (int) Math.max(0, from - start);
                int end = (int) Math.min(held.size(), to - start);
                List<ExportedEvent> chosen = choose(held, start, first, end, needles);
                if (!chosen.isEmpty()) {
                    chosen.forEach(this::requireLeaf);
                    leafTiles.add(bundle);
                    batch.addAll(chosen);
                }
                if (batch.size() >= AT_A_TIME) {
                    takeAll(sinks, batch);
                }
                progress.at(Math.min(to, start + TilePath.FULL) - from, to - from);
            }
            takeAll(sinks, batch);
            writeTiles(workplace, leafTiles);
            return rows;
        }
    }

    /** Reading and hashing is most of the work, and every entry can be read by itself. */
    private List<ExportedEvent> choose(BundleView held, long start, int first, int end, Needles needles) {
        return IntStream.range(first, Math.max(first, end))
                .parallel()
                .mapToObj(i -> {
                    byte[] entry = held.entry(i);
                    if (!needles.areIn(entry)) {
                        return null;
                    }
                    ExportedEvent event = ExportedEvent.of(start + i, entry);
                    return request.scope().holds(event) ? event.withRow() : null;
                })
                .filter(Objects::nonNull)
                .toList();
    }

    /** Each form by one thread at a time, in order; all forms at once. */
    private static void takeAll(List<EventSink> sinks, List<ExportedEvent> batch) {
        sinks.parallelStream().forEach(sink -> takeAll(sink, batch));
        batch.clear();
    }

    private static void takeAll(EventSink sink, List<ExportedEvent> events) {
        try {
            for (ExportedEvent event : events) {
                sink.take(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireLeaf(ExportedEvent event) {
        long position = event.position();
        Hash leaf = hashes(leafTile(position)).get((int) (position % TilePath.FULL));
        if (!leaf.equals(event.leaf())) {
            throw new IllegalStateException("Expected entry " + position + " to give the hash that the log has for it, "
                    + "but it does not: the archive is damaged there. 'aether audit verify' says more.");
        }
    }

    private TilePath leafTile(long position) {
        long index = position / TilePath.FULL;
        return new TilePath(0, index, (int) Math.min(TilePath.FULL, checkpoint.size() - index * TilePath.FULL));
    }

    /** The hashes that the tile had at the checkpoint's size, whatever it has become since. */
    private List<Hash> hashes(TilePath tile) {
        return tiles.hashes(tile).subList(0, tile.width());
    }

    private void writeTiles(Workplace workplace, SortedSet<Long> leafTiles) throws IOException {
        List<TilePath> proving = ProvingTiles.proving(leafTiles, checkpoint.size());
        Optional<String> fault = ProvingTiles.fault(
                proving, checkpoint.size(), checkpoint.root(), tile -> Optional.of(Hash.concatenate(hashes(tile))));
        if (fault.isPresent()) {
            throw new IllegalStateException(fault.get() + " The archive is damaged there.");
        }
        for (TilePath tile : proving) {
            workplace.write(ExportFile.LOG + tile.path(), Hash.concatenate(hashes(tile)));
        }
    }

    /** Whatever was handed over later is in a later export. */
    private boolean isBefore(Succession next) {
        return next.size() < checkpoint.size()
                || (next instanceof EpochBase && next.origin().equals(checkpoint.origin()));
    }

    /** The epochs that had begun. */
    private List<EpochBase> bases() {
        return keys.bases().stream().filter(this::isBefore).toList();
    }

    private boolean isVouchedFor() {
        VerifierKey brought = request.key();
        return brought != null && keys.baseAfter(brought).filter(this::isBefore).isEmpty();
    }

    private void writeKeys(Workplace workplace) throws IOException {
        workplace.write(ExportFile.LOG + "checkpoint", note.format().getBytes(UTF_8));
        workplace.write(ExportFile.LOG + "log.vkey", (key.vkey() + "\n").getBytes(UTF_8));
        workplace.write("openssl/log.pem", key.pem().getBytes(UTF_8));
        workplace.write("openssl/checkpoint.txt", note.text().getBytes(UTF_8));
        workplace.write("openssl/checkpoint.sig", note.signatureOf(key).orElseThrow());
        for (Succession next : keys.successions()) {
            if (isBefore(next)) {
                workplace.write(ExportFile.LOG + next.object(), require(next.object()));
            }
        }
    }

    private static void writeProgram(Workplace workplace) throws IOException {
        workplace.write("README.txt", resource("README.txt"));
        workplace.write("verify/main.go", resource("verify.go"));
        workplace.write("verify/go.mod", resource("go.mod.txt"));
        workplace.write("verify/go.sum", resource("go.sum.txt"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Exporter.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private Hash writeManifest(Workplace workplace, Manifest manifest) throws IOException {
        manifest.files().putAll(workplace.contents());
        byte[] bytes = manifest.encode();
        workplace.write(Manifest.NAME, bytes);
        workplace.write(Manifest.SUMS, manifest.sums(bytes));
        if (request.signer() != null) {
            VerifierKey signedWith = request.signer().verifierKey();
            SignedNote signed = SignedNote.sign(Manifest.noteText(bytes), request.signer());
            workplace.write(Manifest.NOTE, signed.format().getBytes(UTF_8));
            workplace.write("openssl/export.vkey", (signedWith.vkey() + "\n").getBytes(UTF_8));
            workplace.write("openssl/export.pem", signedWith.pem().getBytes(UTF_8));
            workplace.write("openssl/manifest.txt", signed.text().getBytes(UTF_8));
            workplace.write(
                    "openssl/manifest.sig", signed.signatureOf(signedWith).orElseThrow());
        }
        return Hash.sha256(bytes);
    }

    private byte[] require(String object) throws IOException {
        return archive.read(object)
                .orElseThrow(() -> new IllegalStateException("Expected " + object + ", but it is missing."));
    }
}
