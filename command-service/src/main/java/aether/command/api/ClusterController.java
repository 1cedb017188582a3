package aether.command.api;

import aether.command.access.Identity;
import aether.command.channel.ChannelRule;
import aether.command.dispatch.CommandDispatcher;
import aether.command.manifest.RestoreForm;
import aether.command.manifest.SettingsForm;
import aether.command.manifest.Versions;
import aether.command.request.Detail;
import aether.command.request.Fields;
import aether.command.request.Rejections;
import aether.command.request.RequestRefused;
import aether.command.request.Violations;
import aether.command.streams.Streams;
import aether.command.strict.ActionClass;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.EtcdMembers;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationRejection;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks for clusters, upgrades them, and ends them. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/clusters")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class ClusterController {

    private final CommandDispatcher dispatcher;

    private final Places places;

    private final Streams streams;

    private final List<String> openRegions;

    private final StrictMode strict;

    private final InstantSource clock;

    ClusterController(
            CommandDispatcher dispatcher,
            Places places,
            Streams streams,
            List<String> openRegions,
            StrictMode strict,
            InstantSource clock) {
        this.clock = clock;
        this.dispatcher = dispatcher;
        this.places = places;
        this.streams = streams;
        this.strict = strict;
        this.openRegions = openRegions;
    }

    private record Wanted(
            String name,
            String region,
            KubernetesVersion version,
            boolean publicEndpoint,
            int etcdMembers,
            @Nullable RestoreForm restore) {
        static Wanted read(Fields fields, Violations violations) {
            String name = fields.label("name");
            String region = fields.label("region");
            return new Wanted(
                    name,
                    region,
                    Versions.read(fields, "k8s_version", region, violations),
                    fields.truth("public_endpoint", false),
                    SettingsForm.etcdMembers(fields).orElse(EtcdMembers.DEFAULT),
                    RestoreForm.read(fields).orElse(null));
        }
    }

    private record Change(
            Optional<String> name,
            Optional<KubernetesVersion> version,
            Optional<List<String>> apiNames,
            Optional<String> publicDomain,
            Optional<OidcSettings> oidc,
            Optional<ExtraArgs> extraArgs) {
        static Change read(Fields fields, Violations violations) {
            Optional<String> name = fields.optionalText("name");
            fields.known("k8s_version");
            fields.known("api_names");
            return new Change(
                    name,
                    fields.has("k8s_version")
                            ? Optional.of(Versions.read(fields, "k8s_version", "", violations))
                            : Optional.empty(),
                    fields.has("api_names") ? Optional.of(fields.texts("api_names")) : Optional.empty(),
                    fields.optionalText("public_domain"),
                    SettingsForm.oidc(fields),
                    SettingsForm.extraArgs(fields));
        }
    }

    @PostMapping
    ResponseEntity<Object> request(Caller caller, @PathVariable String organization, HttpServletRequest request) {
        Places.Organization found = places.organization(caller, organization);
        Wanted wanted = Body.read(request, Wanted::read);
        if (streams.region(wanted.region()).plan() == null) {
            throw RequestRefused.of(
                    422,
                    new Detail(
                            "region",
                            "region_unknown",
                            "Expected one of the open regions " + openRegions + ", but got '" + wanted.region()
                                    + "'."));
        }
        ClusterId id = caller.idempotencyKey()
                .map(key -> new ClusterId(NameBasedId.of("cluster", found.id(), wanted.name(), "key", key)))
                .orElseGet(() -> Streams.clusterId(found.id(), wanted.name(), found.state()));
        RestoreForm.Found restore =
                RestoreForm.find(wanted.restore(), wanted.version(), found.state(), streams::cluster);
        OrganizationRejection refused = restore.refused();
        boolean repeated = found.state().clusterNamed(wanted.name()).equals(Optional.of(id));
        if (refused != null && !repeated) {
            throw RequestRefused.of(
                    Rejections.status(refused.code()), new Detail(refused.field(), refused.code(), refused.message()));
        }
        var command = new OrganizationCommand.RequestCluster(
                found.id(),
                id,
                wanted.name(),
                wanted.region(),
                wanted.version(),
                wanted.publicEndpoint(),
                wanted.etcdMembers(),
                restore.snapshot(),
                Channel.API);
        long position = send(caller, command, "k8s_version");
        return Answers.created(
                "/api/v1/organizations/" + found.id() + "/clusters/" + id,
                ClusterView.of(id, streams.cluster(id)),
                position);
    }

    @PutMapping("/{cluster}")
    ResponseEntity<Object> change(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        Change change = Body.read(request, Change::read);
        ClusterEvent.ClusterRequested made = found.state().request();
        if (made != null && change.name().isPresent() && !change.name().get().equals(made.name())) {
            throw RequestRefused.of(
                    422,
                    new Detail(
                            "name",
                            "immutable",
                            "Expected the name '" + made.name() + "', which a cluster keeps, but got another."));
        }
        ChannelRule.require(found.state(), Channel.API);
        long position = streams.head();
        if (change.apiNames().isPresent()) {
            position = send(
                    caller,
                    new ClusterCommand.SetApiNames(found.id(), change.apiNames().get()),
                    "");
        }
        if (change.publicDomain().isPresent()) {
            position = send(
                    caller,
                    new ClusterCommand.SetPublicDomain(
                            found.id(), change.publicDomain().get()),
                    "");
        }
        if (change.oidc().isPresent() || change.extraArgs().isPresent()) {
            position = send(
                    caller,
                    new ClusterCommand.ConfigureControlPlane(
                            found.id(),
                            change.oidc().orElse(null),
                            change.extraArgs().orElse(null)),
                    "");
        }
        if (change.version().isPresent()) {
            KubernetesVersion target = change.version().get();
            position = send(caller, upgrade(found, target, WhenAsked.IN_THE_WINDOW), "k8s_version");
        }
        return Answers.answer(HttpStatus.OK, ClusterView.of(found.id(), streams.cluster(found.id())), position);
    }

    @PostMapping("/{cluster}/upgrade")
    ResponseEntity<Object> upgrade(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        ChannelRule.require(found.state(), Channel.API);
        Target wanted = Body.read(request, Target::read);
        long position = send(caller, upgrade(found, wanted.version(), wanted.when()), "target_version");
        return Answers.answer(
                HttpStatus.ACCEPTED,
                Map.of("cluster", ClusterView.of(found.id(), streams.cluster(found.id()))),
                position);
    }

    /** Goes back to where an unfinished upgrade came from. */
    @PostMapping("/{cluster}/upgrade/abandon")
    ResponseEntity<Object> abandonUpgrade(
            Caller caller, @PathVariable String organization, @PathVariable String cluster) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        ChannelRule.require(found.state(), Channel.API);
        long position = send(caller, new ClusterCommand.AbandonUpgrade(found.id()), "");
        return Answers.answer(HttpStatus.ACCEPTED, ClusterView.of(found.id(), streams.cluster(found.id())), position);
    }

    /** Lets the cluster be changed through another channel from now on. */
    @PostMapping("/{cluster}/hand-over")
    ResponseEntity<Object> handOver(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        Channel to = Body.read(request, (fields, violations) -> fields.word("channel", Channel.values()));
        long position = send(caller, new ClusterCommand.HandOverCluster(found.id(), to), "");
        return Answers.answer(HttpStatus.OK, ClusterView.of(found.id(), streams.cluster(found.id())), position);
    }

    /** Says from where the API may be reached; everywhere when the list is empty. */
    @PutMapping("/{cluster}/network")
    ResponseEntity<Object> network(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        ChannelRule.require(found.state(), Channel.API);
        List<String> cidrs = Body.read(request, (fields, violations) -> fields.texts("authorized_cidrs"));
        long position = send(caller, new ClusterCommand.SetAuthorizedCidrs(found.id(), cidrs), "");
        return Answers.answer(HttpStatus.OK, network(found.id(), streams.cluster(found.id())), position);
    }

    /** From where the API may be reached. */
    @GetMapping("/{cluster}/network")
    Map<String, Object> network(Caller caller, @PathVariable String organization, @PathVariable String cluster) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        return network(found.id(), found.state());
    }

    private static Map<String, Object> network(ClusterId id, ClusterState state) {
        return Map.of("cluster_id", id.toString(), "authorized_cidrs", state.authorizedCidrs());
    }

    @DeleteMapping("/{cluster}")
    ResponseEntity<Object> delete(Caller caller, @PathVariable String organization, @PathVariable String cluster) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        ChannelRule.require(found.state(), Channel.API);
        long position = send(caller, new ClusterCommand.DeleteCluster(found.id()), "");
        return strict.settle(
                caller,
                ActionClass.DELETES,
                position,
                Answers.answer(HttpStatus.ACCEPTED, ClusterView.of(found.id(), streams.cluster(found.id())), position));
    }

    private record Target(KubernetesVersion version, WhenAsked when) {
        static Target read(Fields fields, Violations violations) {
            return new Target(
                    Versions.read(fields, "target_version", "", violations), WhenAsked.read(fields, violations));
        }
    }

    private Command upgrade(Places.Cluster found, KubernetesVersion target, WhenAsked when) {
        return when.command(
                found.id(),
                found.state(),
                DisruptiveWork.UPGRADE,
                target,
                clock.instant(),
                new ClusterCommand.UpgradeCluster(found.id(), target));
    }

    private long send(Caller caller, Command command, String versionField) {
        return Answers.accepted(
                dispatcher.dispatch(caller.envelope(command)),
                field -> field.equals("k8s_version") || field.equals("status") ? versionField : field);
    }
}
