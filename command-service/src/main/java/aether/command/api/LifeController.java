package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.CommandDispatcher;
import aether.command.manifest.LifeForm;
import aether.command.request.Detail;
import aether.command.request.Fields;
import aether.command.request.RequestRefused;
import aether.command.request.Violations;
import aether.command.streams.Streams;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.Maintenance;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.PauseReason;
import aether.domain.kernel.Command;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says when a cluster may be changed, whichever channel it is managed by. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/clusters/{cluster}")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class LifeController {

    private final CommandDispatcher dispatcher;
    private final Places places;
    private final Streams streams;
    private final InstantSource clock;

    LifeController(CommandDispatcher dispatcher, Places places, Streams streams, InstantSource clock) {
        this.dispatcher = dispatcher;
        this.places = places;
        this.streams = streams;
        this.clock = clock;
    }

    /** Until a moment, or for so many minutes from now. */
    private record Pause(Instant until, PauseReason reason, String reference) {
        static Pause read(Fields fields, Violations violations, Instant now) {
            boolean until = fields.has("until");
            OptionalInt minutes = fields.optionalWhole("minutes");
            if (until == minutes.isPresent()) {
                violations.broken(
                        fields.path("until"),
                        "out_of_range",
                        "Expected one of the fields 'until' and 'minutes', but got " + (until ? "both." : "none."));
            }
            return new Pause(
                    LifeForm.moment(fields, violations, "until")
                            .orElseGet(() -> now.plus(Duration.ofMinutes(minutes.orElse(0)))),
                    fields.word("reason", PauseReason.values()),
                    fields.optionalText("reference").orElse(""));
        }
    }

    /** Has workers look at the cluster and change nothing of it for a while. */
    @PostMapping("/pause")
    ResponseEntity<Object> pause(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Pause pause = Body.read(request, (fields, violations) -> Pause.read(fields, violations, now));
        return sent(
                caller,
                found,
                new ClusterCommand.PauseCluster(found.id(), now, pause.until(), pause.reason(), pause.reference()));
    }

    /** Ends a pause before its time. */
    @PostMapping("/resume")
    ResponseEntity<Object> resume(Caller caller, @PathVariable String organization, @PathVariable String cluster) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        return sent(caller, found, new ClusterCommand.ResumeCluster(found.id()));
    }

    /** Says when the cluster may be disturbed. */
    @PutMapping("/maintenance-windows")
    ResponseEntity<Object> windows(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        List<MaintenanceWindow> windows =
                Body.read(request, (fields, violations) -> LifeForm.windows(fields, violations, "windows"));
        return sent(caller, found, new ClusterCommand.SetMaintenanceWindows(found.id(), clock.instant(), windows));
    }

    /** Gives up what waits for a window. */
    @DeleteMapping("/planned-work/{work}")
    ResponseEntity<Object> drop(
            Caller caller, @PathVariable String organization, @PathVariable String cluster, @PathVariable String work) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        DisruptiveWork dropped = Stream.of(DisruptiveWork.values())
                .filter(one -> one.published().equals(work))
                .findFirst()
                .orElseThrow(() -> RequestRefused.of(
                        422,
                        new Detail(
                                "work",
                                "work_unknown",
                                "Expected one of "
                                        + Stream.of(DisruptiveWork.values())
                                                .map(DisruptiveWork::published)
                                                .collect(Collectors.joining(", "))
                                        + ", but got another name.")));
        return sent(caller, found, new ClusterCommand.DropPlannedWork(found.id(), dropped));
    }

    private ResponseEntity<Object> sent(Caller caller, Places.Cluster found, Command command) {
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), field -> field);
        return Answers.answer(HttpStatus.ACCEPTED, ClusterView.of(found.id(), streams.cluster(found.id())), position);
    }

    static Map<String, Object> shown(ClusterPause pause) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("until", pause.until().toString());
        body.put("reason", Words.of(pause.asked().reason()));
        body.put("reference", pause.asked().reference());
        body.put("drifted", pause.drift().keySet().stream().sorted().toList());
        return body;
    }

    static Map<String, Object> shown(Maintenance maintenance) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "windows",
                maintenance.windows().stream().map(MaintenanceWindow::text).toList());
        Map<String, Object> planned = new LinkedHashMap<>();
        maintenance.planned().values().stream()
                .sorted(Comparator.comparing(ClusterEvent.WorkPlanned::work))
                .forEach(work -> planned.put(
                        work.work().published(),
                        Map.of("opens", work.opens().toString(), "message", work.sentence() + ".")));
        body.put("planned", planned);
        return body;
    }
}
