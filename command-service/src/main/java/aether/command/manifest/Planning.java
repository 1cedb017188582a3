package aether.command.manifest;

import aether.command.request.Violations;
import aether.domain.cluster.Channel;
import java.time.Instant;
import java.util.List;

/**
 * What the documents of a manifest share while they are planned.
 *
 * @param draft the log as the documents before would make it
 * @param openRegions where a cluster may be
 * @param channel through which the manifest came
 * @param now when it came
 * @param violations what is wrong with it so far
 */
record Planning(Draft draft, List<String> openRegions, Channel channel, Instant now, Violations violations) {}
