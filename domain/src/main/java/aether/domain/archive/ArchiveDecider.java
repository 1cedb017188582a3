package aether.domain.archive;

import aether.domain.kernel.Decision;
import aether.domain.privacy.SubjectDecider;
import java.util.regex.Pattern;

/** Decides what is entered about an archive: everything that is new. */
public final class ArchiveDecider {

    /** Longer than any origin that a person would type. */
    static final int MAX_NAME = 200;

    /** Twice what the probes try today. */
    static final int MAX_ATTEMPTS = 32;

    /** A server's error message, not its stack trace: an entry has to fit into 64 KiB. */
    public static final int MAX_OBSERVED = 500;

    private static final int MAX_LEVEL = 5;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./_-]{0," + (MAX_NAME - 1) + "}");

    /** SHA-256 in base64. */
    static final String ROOT = "[A-Za-z0-9+/]{43}=";

    /** A log's public key: name, id and 33 bytes. */
    private static final Pattern VKEY = Pattern.compile(NAME + "\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}");

    private ArchiveDecider() {}

    /** Decides one command. */
    public static Decision<ArchiveRejection> decide(ArchiveState state, ArchiveCommand command) {
        if (!NAME.matcher(command.archive()).matches()) {
            return Decision.refuse(
                    new ArchiveRejection.InvalidArchive(command.archive().length()));
        }
        return switch (command) {
            case ArchiveCommand.RecordProbe probe -> probe(state, probe);
            case ArchiveCommand.RecordHeartbeat beat ->
                beat.size() <= state.heartbeatSize() // a heartbeat is an entry itself, so the next one finds more
                        ? Decision.unchanged()
                        : Decision.accept(
                                new ArchiveEvent.HeartbeatRecorded(beat.archive(), beat.size(), beat.silentSeconds()));
            case ArchiveCommand.RecordReconciliation reconciliation -> reconcile(state, reconciliation);
            case ArchiveCommand.RecordKeyChange change -> change(state, change);
            case ArchiveCommand.RecordVerification verification -> verify(state, verification);
            case ArchiveCommand.RecordWitnessRefusal refusal -> WitnessReports.refuse(state, refusal);
            case ArchiveCommand.RecordWitnessAgreement agreement -> WitnessReports.agree(state, agreement);
        };
    }

    private static Decision<ArchiveRejection> probe(ArchiveState state, ArchiveCommand.RecordProbe probe) {
        int attempts = probe.attempts().size();
        boolean small = attempts >= 1
                && attempts <= MAX_ATTEMPTS
                && probe.attempts().stream()
                        .allMatch(attempt ->
                                attempt.what().length() + attempt.observed().length() <= MAX_OBSERVED);
        if (!small) {
            return Decision.refuse(new ArchiveRejection.TooMuch(attempts));
        }
        return probe.probedAt().equals(state.probedAt())
                ? Decision.unchanged()
                : Decision.accept(new ArchiveEvent.StoreProbed(
                        probe.archive(), probe.store(), probe.probedAt(), probe.compliant(), probe.attempts()));
    }

    /** Once an hour, but whatever is found newly within it is entered as well. */
    private static Decision<ArchiveRejection> reconcile(
            ArchiveState state, ArchiveCommand.RecordReconciliation reconciliation) {
        boolean known = reconciliation.hour().equals(state.hour()) && reconciliation.finding() == state.finding();
        return known
                ? Decision.unchanged()
                : Decision.accept(new ArchiveEvent.LogReconciled(
                        reconciliation.archive(),
                        reconciliation.hour(),
                        reconciliation.comparison(),
                        reconciliation.finding()));
    }

    /** In their order: a change that comes again, or that a later one has overtaken, is known. */
    private static Decision<ArchiveRejection> change(ArchiveState state, ArchiveCommand.RecordKeyChange command) {
        KeyChange change = command.change();
        if (!SubjectDecider.isReferenceOrNothing(command.reference())) {
            return Decision.refuse(
                    new ArchiveRejection.InvalidReference(command.reference().length()));
        }
        boolean possible = change.number() >= 1
                && change.size() >= 1
                && change.root().matches(ROOT)
                && VKEY.matcher(change.from()).matches()
                && VKEY.matcher(change.to()).matches()
                && !change.from().equals(change.to());
        if (!possible) {
            return Decision.refuse(new ArchiveRejection.InvalidKeyChange(change.number(), change.size()));
        }
        return change.number() <= state.keyNumber()
                ? Decision.unchanged()
                : Decision.accept(new ArchiveEvent.LogKeyChanged(
                        command.archive(), change, command.reason(), command.reference()));
    }

    private static Decision<ArchiveRejection> verify(
            ArchiveState state, ArchiveCommand.RecordVerification verification) {
        if (!SubjectDecider.isReferenceOrNothing(verification.reference())) {
            return Decision.refuse(new ArchiveRejection.InvalidReference(
                    verification.reference().length()));
        }
        if (verification.level() < 1
                || verification.level() > MAX_LEVEL
                || verification.logSize() < 0
                || !verification.logRoot().matches(ROOT + "|")) {
            return Decision.refuse(new ArchiveRejection.InvalidVerification(
                    verification.level(),
                    verification.logSize(),
                    verification.logRoot().length()));
        }
        return verification.verificationId().equals(state.verificationId())
                ? Decision.unchanged()
                : Decision.accept(new ArchiveEvent.ArchiveVerified(
                        verification.archive(),
                        verification.verificationId(),
                        verification.level(),
                        verification.intact(),
                        verification.findings(),
                        verification.logSize(),
                        verification.logRoot(),
                        verification.reason(),
                        verification.reference()));
    }
}
