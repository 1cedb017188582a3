package aether.archive.seal;

import java.io.IOException;
import java.util.List;

/** Where entries may still come from that are not in the archive. */
@FunctionalInterface
public interface StillToCome {

    /** Nothing comes any more. */
    StillToCome NOTHING = (from, size, upTo) -> List.of();

    /**
     * The entries from a size on, without a gap, as far as they are there.
     *
     * @param from where reading goes on according to the newest seal
     * @param size the first position
     * @param upTo no more than up to this size
     * @throws IOException when nobody can tell now
     */
    List<byte[]> entries(KafkaOffsets from, long size, long upTo) throws IOException;
}
