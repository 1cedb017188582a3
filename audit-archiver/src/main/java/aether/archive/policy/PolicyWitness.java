package aether.archive.policy;

import aether.archive.log.CosignerKey;

/**
 * A witness as a policy names it.
 *
 * @param name what it is called in the policy, which need not be what it calls itself
 * @param key what its cosignatures are checked with
 * @param url where it is asked, as it is written; empty when the policy does not say
 */
public record PolicyWitness(String name, CosignerKey key, String url) {}
