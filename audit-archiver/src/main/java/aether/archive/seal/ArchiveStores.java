package aether.archive.seal;

import aether.archive.store.LiveStore;
import aether.archive.store.WormStore;

/**
 * The three places the writer keeps things in.
 *
 * @param worm what is written once
 * @param live what the world reads until then
 * @param heads how far the log has come
 */
public record ArchiveStores(WormStore worm, LiveStore live, HeadStore heads) {}
