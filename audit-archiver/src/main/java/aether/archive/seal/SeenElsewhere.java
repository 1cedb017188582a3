package aether.archive.seal;

import aether.archive.log.Checkpoint;
import aether.archive.log.MerkleTree;
import aether.archive.log.RightEdge;
import java.io.IOException;
import java.util.List;

/**
 * What others have seen of a log, and where the rest of it may still come from.
 *
 * @param seen what they have
 * @param toCome asked when they have seen more than there is
 */
public record SeenElsewhere(List<SeenCheckpoint> seen, StillToCome toCome) {

    /** Nobody has seen anything. */
    public static final SeenElsewhere NOTHING = new SeenElsewhere(List.of(), StillToCome.NOTHING);

    /** Keeps its own list. */
    public SeenElsewhere {
        seen = List.copyOf(seen);
    }

    /** Whether what is still to come leads to this very checkpoint, by its root. */
    boolean willReach(Checkpoint larger, LogTail tail, KafkaOffsets from) throws IOException {
        List<byte[]> entries = toCome.entries(from, tail.size(), larger.size());
        RightEdge edge = tail.edge().copy();
        for (byte[] entry : entries) {
            edge.append(MerkleTree.leaf(entry), (tile, bytes) -> {});
        }
        return edge.size() == larger.size() && edge.root().equals(larger.root());
    }
}
