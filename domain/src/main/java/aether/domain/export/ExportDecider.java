package aether.domain.export;

import aether.domain.kernel.Decision;
import aether.domain.privacy.SubjectDecider;

/** Decides what is entered about an export. */
public final class ExportDecider {

    private ExportDecider() {}

    /** Decides one command. */
    public static Decision<ExportRejection> decide(ExportState state, ExportCommand command) {
        return switch (command) {
            case ExportCommand.RequestExport request -> request(state, request);
            case ExportCommand.RecordExportCompleted completed -> completed(state, completed);
            case ExportCommand.RecordExportFailed failed -> failed(state, failed);
            case ExportCommand.RecordExportDownloaded downloaded -> downloaded(state, downloaded);
        };
    }

    private static Decision<ExportRejection> request(ExportState state, ExportCommand.RequestExport request) {
        ExportSelection selection = request.selection();
        String actor = selection.actor();
        if (actor != null && !selection.namesNobody()) {
            return Decision.refuse(new ExportRejection.NamedActor(actor.length()));
        }
        if (!SubjectDecider.isReferenceOrNothing(request.reference())) {
            return Decision.refuse(
                    new ExportRejection.InvalidReference(request.reference().length()));
        }
        return state.status() == ExportStatus.ABSENT
                ? Decision.accept(new ExportEvent.ExportRequested(
                        request.exportId(),
                        selection.organizationId(),
                        selection.clusterId(),
                        actor,
                        selection.from(),
                        selection.to(),
                        request.reason(),
                        request.reference()))
                : Decision.unchanged();
    }

    private static Decision<ExportRejection> completed(
            ExportState state, ExportCommand.RecordExportCompleted completed) {
        if (!completed.sha256().matches("[0-9a-f]{64}")) {
            return Decision.refuse(new ExportRejection.InvalidValue(
                    "sha256", completed.sha256().length()));
        }
        return switch (state.status()) {
            case ABSENT -> unknown(completed);
            case REQUESTED ->
                Decision.accept(new ExportEvent.ExportCompleted(
                        completed.exportId(),
                        state.organizationId(),
                        state.clusterId(),
                        completed.sha256(),
                        completed.events(),
                        completed.logSize()));
            case COMPLETED ->
                state.sha256().equals(completed.sha256()) ? Decision.unchanged() : wrong(state, completed);
            case FAILED -> wrong(state, completed);
        };
    }

    private static Decision<ExportRejection> failed(ExportState state, ExportCommand.RecordExportFailed failed) {
        if (!failed.code().matches("[a-z][a-z0-9_]{0,63}")) {
            return Decision.refuse(
                    new ExportRejection.InvalidValue("code", failed.code().length()));
        }
        return switch (state.status()) {
            case ABSENT -> unknown(failed);
            case REQUESTED ->
                Decision.accept(new ExportEvent.ExportFailed(
                        failed.exportId(), state.organizationId(), state.clusterId(), failed.code()));
            case COMPLETED -> wrong(state, failed);
            case FAILED -> Decision.unchanged();
        };
    }

    private static Decision<ExportRejection> downloaded(
            ExportState state, ExportCommand.RecordExportDownloaded downloaded) {
        return switch (state.status()) {
            case ABSENT -> unknown(downloaded);
            case REQUESTED, FAILED -> wrong(state, downloaded);
            case COMPLETED ->
                Decision.accept(new ExportEvent.ExportDownloaded(
                        downloaded.exportId(), state.organizationId(), state.clusterId()));
        };
    }

    private static Decision<ExportRejection> unknown(ExportCommand command) {
        return Decision.refuse(new ExportRejection.UnknownExport(command.exportId()));
    }

    private static Decision<ExportRejection> wrong(ExportState state, ExportCommand command) {
        return Decision.refuse(new ExportRejection.WrongStatus(command.exportId(), state.status()));
    }
}
