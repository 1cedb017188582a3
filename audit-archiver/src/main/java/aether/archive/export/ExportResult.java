package aether.archive.export;

import aether.archive.log.Checkpoint;

/**
 * What came of an export.
 *
 * @param checkpoint the log it proves its entries against
 * @param evidence what others have signed of that log, as it was asked for or found
 * @param from the first position that was looked at
 * @param to the position after the last that was looked at
 * @param events how many entries are in it
 * @param manifestSha256 the hexadecimal SHA-256 of the manifest, which names the hash of every other file
 * @param sha256 the hexadecimal SHA-256 of the whole file
 */
public record ExportResult(
        Checkpoint checkpoint,
        Evidence evidence,
        long from,
        long to,
        long events,
        String manifestSha256,
        String sha256) {}
