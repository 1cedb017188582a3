package aether.standalone.replay;

import aether.archive.intake.TopicTail;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.RightEdge;
import aether.archive.verify.PromisedEntries;
import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Reported;
import aether.domain.machine.MachineEvent;
import aether.format.EventCodec;
import aether.format.JsonEventCodec;
import aether.format.RowRestoration;
import aether.format.StoredEvent;
import aether.projection.database.ViewDatabase;
import aether.projection.intake.DirectIntake;
import aether.projection.rebuild.ViewDigest;
import aether.store.restore.LogRestoration;
import aether.store.schema.DatabaseSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Makes the log again from its archive, byte by byte, and every view from the log. What is stored is read back,
 * rendered again and hashed: only when that gives the signed root is anything kept. Killed at any moment it leaves an
 * empty log, and may be run again.
 */
public final class Replay {

    private final EventCodec codec = new JsonEventCodec();
    private final RowRestoration rows = new RowRestoration(codec);
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final PromisedEntries promised;
    private final TopicTail tail;
    private final Until until;
    private final LongConsumer progress;
    private final RightEdge written = RightEdge.empty();
    private long size;
    private long recorded = Long.MIN_VALUE;

    /**
     * A replay of an archive.
     *
     * @param progress told of every entry that was read
     */
    public Replay(PromisedEntries promised, Until until, LongConsumer progress) {
        this(promised, TopicTail.none(promised.size()), until, progress);
    }

    /**
     * A replay of an archive, and of what Kafka still holds beyond it.
     *
     * @param tail what continues the archive
     * @param progress told of every entry that was read
     */
    public Replay(PromisedEntries promised, TopicTail tail, Until until, LongConsumer progress) {
        if (tail.from() != promised.size()) {
            throw new IllegalArgumentException(
                    "Expected a tail from position " + promised.size() + " on, but it begins at " + tail.from() + ".");
        }
        this.promised = promised;
        this.tail = tail;
        this.until = until;
        this.progress = progress;
    }

    /**
     * Restores.
     *
     * @param log the owner of an empty log
     * @param views where the views are to be; what is there goes
     * @param beforeCommit run when everything is proved and nothing is kept yet
     * @throws IllegalStateException naming the entry that is not what was signed, or cannot be restored
     * @throws aether.store.restore.LogNotEmptyException when there is a log
     */
    public ReplayReport into(DatabaseSettings log, ViewDatabase views, Runnable beforeCommit)
            throws IOException, SQLException {
        try (LogRestoration restoration = LogRestoration.begin(log)) {
            promised.forEach((position, entry) -> take(restoration, position, entry));
            takeTail(restoration);
            restoration.leases(epochs);
            Hash root = readBack(restoration, views);
            ViewDigest digest = views.read(ViewDigest::of);
            beforeCommit.run();
            restoration.commit();
            return new ReplayReport(promised.size(), tail.entries().size(), size, root, digest);
        }
    }

    /** Nothing is signed over it yet: it has to continue every stream, and time. */
    private void takeTail(LogRestoration restoration) throws IOException {
        long position = tail.from();
        for (byte[] entry : tail.entries()) {
            take(restoration, position++, entry);
        }
    }

    private void requireContinuation(StoredEvent row) {
        long version = versions.getOrDefault(row.stream(), 0L);
        if (row.sequence() != version || row.recordedMicros() < recorded) {
            throw new IllegalArgumentException("it should be version " + version + " of " + row.stream()
                    + " and not recorded before the one before it");
        }
        versions.put(row.stream(), version + 1);
        recorded = row.recordedMicros();
    }

    private void take(LogRestoration restoration, long position, byte[] entry) throws IOException {
        progress.accept(position);
        if (size < position) {
            return; // beyond what is wanted; read on, because the signed root covers all of it
        }
        try {
            StoredEvent row = rows.row(entry);
            if (row.position() != position) {
                throw new IllegalArgumentException("its event says position " + row.position());
            }
            requireContinuation(row);
            if (until.includes(position, row.recordedMicros())) {
                restoration.add(row, codec.decodeMetadata(row.metadata()).commandId());
                written.append(MerkleTree.leaf(entry), (tile, bytes) -> {});
                noteEpoch(row);
                size++;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Expected to restore entry " + position + ", but " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new IOException("Expected to store entry " + position + ", but " + e.getMessage(), e);
        }
    }

    /** A worker's next lease has to be later than every one that the log has seen. */
    private void noteEpoch(StoredEvent row) {
        Object event = codec.decode(row.type(), row.revision(), row.payload());
        if (event instanceof Reported reported) {
            String tenant = switch (event) {
                case ClusterEvent cluster -> cluster.clusterId().toString();
                case MachineEvent machine -> machine.clusterId().toString();
                default ->
                    throw new IllegalArgumentException(
                            "a report of no tenant: " + event.getClass().getName());
            };
            epochs.merge(tenant, reported.epoch(), Math::max);
        }
    }

    private Hash readBack(LogRestoration restoration, ViewDatabase views) throws SQLException {
        RightEdge stored = RightEdge.empty();
        views.drop(views.schema());
        views.migrate();
        DirectIntake intake = new DirectIntake(views);
        restoration.readBack(row -> {
            byte[] bytes = rows.render(row);
            stored.append(MerkleTree.leaf(bytes), (tile, hashes) -> {});
            if (stored.size() == promised.size()) {
                requireRoot(stored.root(), promised.root());
            }
            intake.add(row.position(), bytes);
        });
        intake.flush();
        requireRoot(stored.root(), size == promised.size() ? promised.root() : written.root());
        return stored.root();
    }

    private static void requireRoot(Hash stored, Hash wanted) {
        if (!stored.equals(wanted)) {
            throw new IllegalStateException("Expected the restored log to give the root " + wanted + ", but it gives "
                    + stored + "; nothing was kept.");
        }
    }
}
