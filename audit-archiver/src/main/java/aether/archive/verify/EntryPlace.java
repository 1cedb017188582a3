package aether.archive.verify;

/**
 * Where an entry says it stands.
 *
 * @param position its place in the log
 * @param stream the stream it belongs to, empty when it says none
 * @param version its place in that stream, from 0
 */
record EntryPlace(long position, String stream, long version) {}
