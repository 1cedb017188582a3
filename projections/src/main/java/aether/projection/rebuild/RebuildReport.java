package aether.projection.rebuild;

import java.time.Duration;

/**
 * How a rebuild went.
 *
 * @param before the live views when the new ones took their place
 * @param after the new views at that moment; never behind
 * @param took how long it took
 */
public record RebuildReport(ViewCounts before, ViewCounts after, Duration took) {}
