package aether.command.api;

import aether.command.request.Fields;
import aether.command.request.Violations;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.UrgencyReason;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether work that disturbs a cluster waits for its maintenance window, which it does unless a reason is given.
 *
 * @param urgent why not; absent when it waits
 * @param reference the number of a case; empty where there is none
 */
record WhenAsked(@Nullable UrgencyReason urgent, String reference) {

    static final WhenAsked IN_THE_WINDOW = new WhenAsked(null, "");

    /** Reads {@code now}, {@code reason} and {@code reference}. */
    static WhenAsked read(Fields fields, Violations violations) {
        boolean now = fields.truth("now", false);
        fields.known("reason");
        fields.known("reference");
        return now
                ? new WhenAsked(
                        fields.word("reason", UrgencyReason.values()),
                        fields.optionalText("reference").orElse(""))
                : IN_THE_WINDOW;
    }

    /** Reads them from a body that may be left out. */
    static WhenAsked of(HttpServletRequest request) {
        return isAbsent(request) ? IN_THE_WINDOW : Body.read(request, WhenAsked::read);
    }

    /** Whether the body was left out. */
    static boolean isAbsent(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length == 0 || (length < 0 && request.getContentType() == null);
    }

    /**
     * The command.
     *
     * @param plain what begins the work where there are no windows
     */
    Command command(
            ClusterId id,
            ClusterState state,
            DisruptiveWork work,
            @Nullable KubernetesVersion target,
            Instant now,
            Command plain) {
        if (state.maintenance().windows().isEmpty()) {
            return plain;
        }
        return urgent == null
                ? new ClusterCommand.AskForWork(id, now, work, target)
                : new ClusterCommand.DoWorkNow(id, work, target, urgent, reference);
    }
}
