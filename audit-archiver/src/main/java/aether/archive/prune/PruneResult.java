package aether.archive.prune;

/**
 * What has gone.
 *
 * @param below the minimum index now
 * @param removed how many objects were removed
 * @param kept how many could have gone but are still locked or held; a later run takes them
 */
public record PruneResult(long below, long removed, long kept) {}
