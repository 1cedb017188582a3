package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a write is meant.
 *
 * @param manager the field manager
 * @param subresource {@code status}, or empty for the object itself
 * @param force take fields from other managers
 * @param dryRun answer as if, but keep nothing
 * @param effect what to put into the ledger with this very change; empty for most
 */
public record WriteOptions(String manager, String subresource, boolean force, boolean dryRun, ObjectNode effect) {
    /** A plain write by this manager. */
    public static WriteOptions by(String manager) {
        return new WriteOptions(manager, "", false, false, Json.object());
    }

    /** The same write, of the status only. */
    public WriteOptions ofStatus() {
        return new WriteOptions(manager, "status", force, dryRun, effect);
    }

    /** The same write, noted in the ledger. */
    public WriteOptions noting(ObjectNode noted) {
        return new WriteOptions(manager, subresource, force, dryRun, noted);
    }

    boolean isStatus() {
        return subresource.equals("status");
    }
}
