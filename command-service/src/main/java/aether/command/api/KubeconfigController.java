package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.gateway.KubeconfigSource;
import aether.command.request.RequestRefused;
import aether.command.strict.ActionClass;
import aether.domain.audit.AuditCommand;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out kubeconfigs, and notes it first: a credential that nobody knows of must not leave. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/clusters/{cluster}/kubeconfig")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class KubeconfigController {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private final KubeconfigSource source;

    private final CommandDispatcher dispatcher;

    private final Places places;

    private final String shard;

    private final StrictMode strict;

    KubeconfigController(
            KubeconfigSource source, CommandDispatcher dispatcher, Places places, String shard, StrictMode strict) {
        this.source = source;
        this.dispatcher = dispatcher;
        this.places = places;
        this.shard = shard;
        this.strict = strict;
    }

    @GetMapping
    ResponseEntity<Object> read(Caller caller, @PathVariable String organization, @PathVariable String cluster) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        String kubeconfig = source.read(found.id())
                .orElseThrow(() -> new RequestRefused(
                        404,
                        "kubeconfig_not_ready",
                        "Expected the kubeconfig of a cluster whose control plane is there, but this one is "
                                + found.state().status().published() + " and has none yet."));
        long position = Answers.accepted(
                dispatcher.dispatch(new CommandEnvelope(
                        caller.newIds().get(), // every read is noted, key or not
                        new AuditCommand.RecordKubeconfigRead(
                                shard, found.organization().id(), found.id()),
                        caller.context())),
                field -> field);
        return strict.settle(
                caller,
                ActionClass.SECRET_READS,
                position,
                ResponseEntity.ok()
                        .contentType(YAML)
                        .cacheControl(CacheControl.noStore())
                        .header(Answers.POSITION, Long.toString(position))
                        .body(kubeconfig));
    }
}
