package aether.archive.policy;

import aether.archive.log.VerifierKey;

/**
 * A log that a policy accepts.
 *
 * @param key what its checkpoints are signed with; its name is the log's origin
 * @param url where it is, as it is written; empty when the policy does not say
 */
public record PolicyLog(VerifierKey key, String url) {}
