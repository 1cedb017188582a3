package aether.command.manifest;

import aether.command.request.Fields;
import aether.command.request.Violations;
import aether.domain.cluster.ClusterRejection;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.PauseReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads when a cluster may be changed, for REST and for documents alike. */
public final class LifeForm {

    private static final String PAUSE = "pause";
    private static final String ROTATIONS = "rotations";

    private LifeForm() {}

    /**
     * A pause as a document has it.
     *
     * @param until when it ends; absent for none
     */
    record Pause(@Nullable Instant until, PauseReason reason, String reference) {
        static final Pause NONE = new Pause(null, PauseReason.OTHER, "");
    }

    /** Windows in which the cluster may be disturbed; empty for any time. */
    public static List<MaintenanceWindow> windows(Fields fields, Violations violations, String name) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (String text : fields.texts(name)) {
            MaintenanceWindow.parse(text)
                    .ifPresentOrElse(
                            windows::add,
                            () -> violations.broken(
                                    fields.path(name),
                                    "invalid_maintenance_windows",
                                    new ClusterRejection.InvalidMaintenanceWindows().message()));
        }
        return windows;
    }

    /** A moment that may be left out; empty too where a violation was noted. */
    public static Optional<Instant> moment(Fields fields, Violations violations, String name) {
        return fields.optionalText(name).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException e) {
                violations.broken(
                        fields.path(name),
                        "out_of_range",
                        "Expected a moment such as 2026-11-30T06:00:00Z, but got other text.");
                return Optional.empty();
            }
        });
    }

    /** The generation of the cluster CA; empty when the document does not say. */
    static OptionalInt clusterAuthority(Fields spec) {
        spec.known(ROTATIONS);
        if (!spec.has(ROTATIONS)) {
            return OptionalInt.empty();
        }
        Fields rotations = spec.object(ROTATIONS);
        OptionalInt generation = rotations.optionalWhole("cluster_ca");
        rotations.done();
        return generation;
    }

    /** The pause; empty when the document leaves it as it is. An object without {@code until} means none. */
    static Optional<Pause> pause(Fields spec, Violations violations) {
        spec.known(PAUSE);
        if (!spec.has(PAUSE)) {
            return Optional.empty();
        }
        Fields pause = spec.object(PAUSE);
        pause.known("reason");
        pause.known("reference");
        Pause read = pause.has("until")
                ? new Pause(
                        moment(pause, violations, "until").orElse(null),
                        pause.word("reason", PauseReason.values()),
                        pause.optionalText("reference").orElse(""))
                : Pause.NONE;
        pause.done();
        return Optional.of(read);
    }
}
