package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.CommandDispatcher;
import aether.command.request.Detail;
import aether.command.request.RequestRefused;
import aether.command.streams.Streams;
import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.kernel.Command;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Exchanges a cluster's CAs and keys; whoever manages the cluster by custom resources may do so here too. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/clusters/{cluster}")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class RotationController {

    private final CommandDispatcher dispatcher;
    private final Places places;
    private final Streams streams;
    private final InstantSource clock;

    RotationController(CommandDispatcher dispatcher, Places places, Streams streams, InstantSource clock) {
        this.dispatcher = dispatcher;
        this.places = places;
        this.streams = streams;
        this.clock = clock;
    }

    /** Begins to exchange a CA, the cluster CA unless another is named. */
    @PostMapping("/authority-rotation")
    ResponseEntity<Object> rotateAuthority(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        WhichAuthority which = WhichAuthority.of(request);
        return sent(
                caller,
                found,
                which.when()
                        .command(
                                found.id(),
                                found.state(),
                                DisruptiveWork.of(which.authority()),
                                null,
                                clock.instant(),
                                new ClusterCommand.RotateAuthority(found.id(), which.authority())));
    }

    /** Says that every client has fetched its kubeconfig again, so that the old cluster CA may go. */
    @PostMapping("/authority-rotation/complete")
    ResponseEntity<Object> completeAuthorityRotation(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        CertificateAuthority authority = WhichAuthority.named(request);
        return sent(caller, found, new ClusterCommand.CompleteAuthorityRotation(found.id(), authority));
    }

    /** Begins the exchange of a key: {@code encryption} of Secrets at rest, or {@code service-account} of tokens. */
    @PostMapping("/key-rotations/{key}")
    ResponseEntity<Object> rotateKey(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            @PathVariable String key,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        ClusterKey which = key(key);
        return sent(
                caller,
                found,
                WhenAsked.of(request)
                        .command(
                                found.id(),
                                found.state(),
                                DisruptiveWork.of(which),
                                null,
                                clock.instant(),
                                new ClusterCommand.RotateKey(found.id(), which)));
    }

    /** Says that every token that is kept outside was fetched again, so that the old key may go. */
    @PostMapping("/key-rotations/{key}/complete")
    ResponseEntity<Object> completeKeyRotation(
            Caller caller, @PathVariable String organization, @PathVariable String cluster, @PathVariable String key) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        return sent(caller, found, new ClusterCommand.CompleteKeyRotation(found.id(), key(key)));
    }

    private ResponseEntity<Object> sent(Caller caller, Places.Cluster found, Command command) {
        // The status is not in the request.
        long position = Answers.accepted(
                dispatcher.dispatch(caller.envelope(command)), field -> field.equals("status") ? "" : field);
        return Answers.answer(HttpStatus.ACCEPTED, ClusterView.of(found.id(), streams.cluster(found.id())), position);
    }

    private static ClusterKey key(String published) {
        return ClusterKey.named(published)
                .orElseThrow(() -> RequestRefused.of(
                        422,
                        new Detail(
                                "key",
                                "key_unknown",
                                "Expected the key encryption or service-account, but got another name.")));
    }
}
