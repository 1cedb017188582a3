package aether.command.api;

import aether.command.access.Identity;
import aether.command.channel.ChannelRule;
import aether.command.dispatch.CommandDispatcher;
import aether.command.request.Fields;
import aether.command.request.Violations;
import aether.command.streams.Streams;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.HibernationReason;
import aether.domain.kernel.Command;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Puts clusters to sleep and wakes them; a cluster of custom resources sleeps as its {@code spec} says. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/clusters/{cluster}")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class HibernationController {

    private final CommandDispatcher dispatcher;
    private final Places places;
    private final Streams streams;

    HibernationController(CommandDispatcher dispatcher, Places places, Streams streams) {
        this.dispatcher = dispatcher;
        this.places = places;
        this.streams = streams;
    }

    private record Wish(HibernationReason reason, String reference) {
        static Wish read(Fields fields, Violations violations) {
            return new Wish(
                    fields.word("reason", HibernationReason.values()),
                    fields.optionalText("reference").orElse(""));
        }
    }

    /** Nothing of the cluster runs any more; data, certificates, keys and addresses are kept. */
    @PostMapping("/hibernate")
    ResponseEntity<Object> hibernate(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        Wish wish = Body.read(request, Wish::read);
        return sent(caller, found, new ClusterCommand.HibernateCluster(found.id(), wish.reason(), wish.reference()));
    }

    /** Everything comes back, also before it is all gone. */
    @PostMapping("/wake")
    ResponseEntity<Object> wake(Caller caller, @PathVariable String organization, @PathVariable String cluster) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        return sent(caller, found, new ClusterCommand.WakeCluster(found.id()));
    }

    private ResponseEntity<Object> sent(Caller caller, Places.Cluster found, Command command) {
        ChannelRule.require(found.state(), Channel.API);
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), field -> field);
        return Answers.answer(HttpStatus.ACCEPTED, ClusterView.of(found.id(), streams.cluster(found.id())), position);
    }

    static Map<String, Object> shown(ClusterHibernation hibernation) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("number", hibernation.number());
        body.put("phase", hibernation.phase().published());
        if (!hibernation.obstacle().isEmpty()) {
            body.put("obstacle", hibernation.obstacle());
        }
        return body;
    }
}
