package aether.archive.verify;

import aether.archive.policy.Cosigned;

/**
 * What the reader's policy came to.
 *
 * @param size the size of the newest checkpoint under which the quorum stands, or, where none is, of the newest that
 *     any witness has cosigned; 0 when there is none
 * @param by who was there and who lacked
 */
public record Witnessed(long size, Cosigned by) {}
