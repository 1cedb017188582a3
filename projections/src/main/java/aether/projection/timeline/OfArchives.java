package aether.projection.timeline;

import aether.domain.archive.AccessReason;
import aether.domain.archive.ArchiveEvent;
import aether.domain.archive.Comparison;
import aether.domain.archive.ProbeAttempt;
import aether.domain.archive.WitnessKey;
import aether.domain.archive.WitnessRefusal;
import aether.domain.export.ExportEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what happened to the audit archive and to what was taken out of it. */
final class OfArchives {

    private OfArchives() {}

    static String tell(ArchiveEvent event) {
        return switch (event) {
            case ArchiveEvent.StoreProbed probed -> probed(probed);
            case ArchiveEvent.HeartbeatRecorded beat ->
                "The audit archive lives: %d entries, nothing new for %d s"
                        .formatted(beat.size(), beat.silentSeconds());
            case ArchiveEvent.LogReconciled reconciled -> reconciled(reconciled);
            case ArchiveEvent.LogKeyChanged changed ->
                "The audit archive is signed with key %d, %s, from size %d on (%s%s)"
                        .formatted(
                                changed.change().number(),
                                changed.change().to(),
                                changed.change().size(),
                                changed.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                changed.reference().isEmpty() ? "" : ", " + changed.reference());
            case ArchiveEvent.WitnessRefused refused -> refused(refused.witness(), refused.refusal());
            case ArchiveEvent.WitnessAgreed agreed ->
                "The witness %s+%s cosigns the audit archive again, at size %d"
                        .formatted(agreed.witness().name(), agreed.witness().id(), agreed.size());
            case ArchiveEvent.ArchiveVerified verified ->
                "The audit archive was verified at level %d up to size %d%s: %s"
                        .formatted(
                                verified.level(),
                                verified.logSize(),
                                why(verified.reason(), verified.reference()),
                                verified.intact() ? "intact" : findings(verified.findings()));
        };
    }

    static String tell(ExportEvent event) {
        return switch (event) {
            case ExportEvent.ExportRequested requested ->
                "Export %s of the audit trail%s%s requested%s"
                        .formatted(
                                requested.exportId(),
                                requested.actor() == null ? "" : " of what " + requested.actor() + " did",
                                range(requested.from(), requested.to()),
                                why(requested.reason(), requested.reference()));
            case ExportEvent.ExportCompleted completed ->
                "Export %s is complete: %d events, SHA-256 %s"
                        .formatted(completed.exportId(), completed.events(), completed.sha256());
            case ExportEvent.ExportFailed failed -> "Export %s failed: %s".formatted(failed.exportId(), failed.code());
            case ExportEvent.ExportDownloaded downloaded -> "Export %s was downloaded".formatted(downloaded.exportId());
        };
    }

    private static String refused(WitnessKey witness, WitnessRefusal refusal) {
        String why = switch (refusal.cause()) {
            case SHORTER_THAN_SEEN -> "it has followed the log further than it goes";
            case DIFFERS_FROM_SEEN -> "it knows another tree of the log";
            case KEY_UNKNOWN -> "it knows no key of the log that has signed it";
            case LOG_UNKNOWN -> "it does not follow the log";
            case UNREADABLE -> "it could not read what it was asked";
            case WRONG_SIGNATURE -> "what it answered is not signed with its key";
            case OTHER -> "it did not say why";
        };
        return "The witness %s+%s refused to cosign the audit archive at size %d: %s (status %d%s)"
                .formatted(
                        witness.name(),
                        witness.id(),
                        refusal.size(),
                        why,
                        refusal.status(),
                        refusal.witnessSize() < 0 ? "" : ", size " + refusal.witnessSize());
    }

    private static String probed(ArchiveEvent.StoreProbed probed) {
        if (probed.compliant()) {
            return "The archive's store %s held against %d attempts to take what it locked"
                    .formatted(probed.store(), probed.attempts().size());
        }
        return "The archive's store %s did not hold what it locked: %s"
                .formatted(
                        probed.store(),
                        probed.attempts().stream()
                                .filter(attempt -> !attempt.held())
                                .map(ProbeAttempt::what)
                                .collect(Collectors.joining(", ")));
    }

    private static String reconciled(ArchiveEvent.LogReconciled reconciled) {
        Comparison compared = reconciled.comparison();
        return switch (reconciled.finding()) {
            case AGREES ->
                "The event log agrees with the %d sealed entries, root %s"
                        .formatted(compared.sealedSize(), compared.sealedRoot());
            case STORE_IS_SHORT ->
                "The event log ends at position %d, but %d entries are sealed"
                        .formatted(compared.storeHead(), compared.sealedSize());
            case STORE_HAS_GAPS ->
                "The event log has %d events up to position %d".formatted(compared.storeCount(), compared.storeHead());
            case CONTENT_DIFFERS ->
                "The first %d events of the event log give root %s, but %s is sealed"
                        .formatted(compared.sealedSize(), compared.storeRoot(), compared.sealedRoot());
        };
    }

    private static String range(@Nullable Instant from, @Nullable Instant to) {
        return (from == null ? "" : " from " + from) + (to == null ? "" : " until " + to);
    }

    private static String why(AccessReason reason, String reference) {
        String word = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return " (" + word + (reference.isEmpty() ? "" : ", " + reference) + ")";
    }

    private static String findings(long count) {
        return count == 1 ? "1 finding" : count + " findings";
    }
}
