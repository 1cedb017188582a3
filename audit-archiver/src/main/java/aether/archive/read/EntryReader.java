package aether.archive.read;

import aether.archive.log.BundleView;
import aether.archive.log.TilePath;
import java.io.IOException;
import java.util.List;

/** The entries of an archive by their positions; it keeps no more than one bundle (at most 16 MiB) at a time. */
public final class EntryReader {

    private final ArchiveReader archive;
    private final long size;

    /**
     * Reads the entries of a log.
     *
     * @param size how many entries the log has, as a checkpoint says that the reader believes
     */
    public EntryReader(ArchiveReader archive, long size) {
        this.archive = archive;
        this.size = size;
    }

    /** What is done with each entry. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes the entry at a position. */
        void visit(long position, byte[] entry) throws IOException;
    }

    /** How many entries the log has. */
    public long size() {
        return size;
    }

    /**
     * Visits the entries of a range in order.
     *
     * @param from the first position, from 0
     * @param to the position after the last; at most {@link #size()} are visited
     * @throws IllegalStateException when a bundle is missing or not what a bundle is
     */
    public void forEach(long from, long to, Visitor visitor) throws IOException {
        long end = Math.min(to, size);
        for (long position = Math.max(0, from); position < end; ) {
            long start = position - position % TilePath.FULL;
            for (byte[] entry : bundle(position / TilePath.FULL)
                    .subList((int) (position - start), (int) Math.min(TilePath.FULL, end - start))) {
                visitor.visit(position++, entry);
            }
        }
    }

    /**
     * All entries of a bundle that belong to the log.
     *
     * @param index the bundle's number; it begins with entry 256 times as high
     * @throws IllegalStateException when it is missing or not what a bundle is
     */
    public List<byte[]> bundle(long index) throws IOException {
        return view(index).entries();
    }

    /** The same without copying the entries; at most 16 MiB. */
    public BundleView view(long index) throws IOException {
        return view(index, new ReadBuffer());
    }

    /** The same in room that is used again: what is seen is right until the room is. */
    public BundleView view(long index, ReadBuffer room) throws IOException {
        int width = (int) Math.min(TilePath.FULL, size - index * TilePath.FULL);
        TilePath bundle = TilePath.entries(index, width);
        if (!archive.read(bundle.full().path(), room) && !archive.read(bundle.path(), room)) {
            throw new IllegalStateException("Expected entries in " + bundle.path() + ", but there are none.");
        }
        BundleView entries = decode(bundle, room);
        if (entries.size() < width) {
            throw new IllegalStateException(
                    "Expected " + width + " entries in " + bundle.path() + ", but there are " + entries.size() + ".");
        }
        return entries.first(width);
    }

    private static BundleView decode(TilePath bundle, ReadBuffer held) {
        try {
            return BundleView.of(held.bytes(), held.length());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The bundle " + bundle.path() + " is unreadable. " + e.getMessage(), e);
        }
    }
}
