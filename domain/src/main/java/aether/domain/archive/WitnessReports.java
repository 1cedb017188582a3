package aether.domain.archive;

import aether.domain.kernel.Decision;
import java.util.regex.Pattern;

/** Decides what is entered about an archive's witnesses: each cause once, until the witness signs again. */
final class WitnessReports {

    private static final Pattern NAME = Pattern.compile("[!-*,-~]{1," + ArchiveDecider.MAX_NAME + "}");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");

    private static final int MIN_STATUS = 100;

    private static final int MAX_STATUS = 999;

    private WitnessReports() {}

    static Decision<ArchiveRejection> refuse(ArchiveState state, ArchiveCommand.RecordWitnessRefusal command) {
        WitnessRefusal refusal = command.refusal();
        boolean possible = isPossible(command.witness(), refusal.size(), refusal.root())
                && refusal.status() >= MIN_STATUS
                && refusal.status() <= MAX_STATUS
                && refusal.witnessSize() >= -1;
        if (!possible) {
            return Decision.refuse(new ArchiveRejection.InvalidWitnessReport(refusal.size(), refusal.status()));
        }
        return state.dissent().isKnown(command.witness(), refusal.cause())
                ? Decision.unchanged()
                : Decision.accept(new ArchiveEvent.WitnessRefused(command.archive(), command.witness(), refusal));
    }

    static Decision<ArchiveRejection> agree(ArchiveState state, ArchiveCommand.RecordWitnessAgreement command) {
        if (!isPossible(command.witness(), command.size(), command.root())) {
            return Decision.refuse(new ArchiveRejection.InvalidWitnessReport(command.size(), 0));
        }
        return state.dissent().isOf(command.witness())
                ? Decision.accept(new ArchiveEvent.WitnessAgreed(
                        command.archive(), command.witness(), command.size(), command.root(), command.at()))
                : Decision.unchanged();
    }

    private static boolean isPossible(WitnessKey witness, long size, String root) {
        return NAME.matcher(witness.name()).matches()
                && ID.matcher(witness.id()).matches()
                && size >= 1
                && root.matches(ArchiveDecider.ROOT);
    }
}
