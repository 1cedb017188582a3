package aether.domain.archive;

import java.time.Instant;

/**
 * One key of an archive's log handed over to the next.
 *
 * @param number the new key's number; the log began with key 0
 * @param size up to here the old key has signed, and from here on the new one does
 * @param root the root over so many entries
 * @param at when it was decided
 * @param from the old public key (a vkey line)
 * @param to the new one
 */
public record KeyChange(int number, long size, String root, Instant at, String from, String to) {}
