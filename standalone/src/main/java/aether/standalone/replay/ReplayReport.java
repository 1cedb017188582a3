package aether.standalone.replay;

import aether.archive.log.Hash;
import aether.projection.rebuild.ViewDigest;

/**
 * What a replay has made and proved.
 *
 * @param promised how many entries the signed checkpoint covers
 * @param continued how many Kafka held that continue them
 * @param restored how many of all these are in the log now, from position 0
 * @param root over the restored rows as they were read back; the signed one when all are restored
 * @param views over every row of every view
 */
public record ReplayReport(long promised, long continued, long restored, Hash root, ViewDigest views) {

    /** Whether the whole log is there, and may go on. */
    public boolean isWhole() {
        return restored == promised + continued;
    }
}
