package aether.command.manifest;

import aether.command.channel.ChannelRule;
import aether.command.request.Detail;
import aether.command.request.Violations;
import aether.command.streams.Streams;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterDecider;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.EtcdMembers;
import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Rejection;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolDecider;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationDecider;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.OrganizationRejection;
import aether.domain.organization.OrganizationState;
import aether.domain.organization.SlugCommand;
import aether.domain.organization.SlugDecider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns documents into commands by asking the domain's own deciders, on a draft: all of it is fit, or nothing is sent.
 */
final class ManifestPlanner {

    private static final String PAUSE = "spec.pause";

    private final Draft draft;

    private final List<String> openRegions;

    private final Channel channel;

    private final Violations violations = new Violations();

    private final Instant now;

    private ManifestPlanner(Draft draft, List<String> openRegions, Channel channel, Instant now) {
        this.now = now;
        this.draft = draft;
        this.openRegions = openRegions;
        this.channel = channel;
    }

    /**
     * The steps in the order in which they have to be taken.
     *
     * @param now when the manifest came
     */
    static List<Step> plan(
            List<Document> documents, Streams streams, List<String> openRegions, Channel channel, Instant now) {
        ManifestPlanner planner = new ManifestPlanner(new Draft(streams), openRegions, channel, now);
        List<Step> steps = new ArrayList<>();
        documents.stream()
                .sorted(Comparator.comparingInt(ManifestPlanner::rank))
                .map(planner::step)
                .flatMap(Optional::stream)
                .forEach(steps::add);
        planner.violations.refuseIfAny();
        return steps;
    }

    private static int rank(Document document) {
        return switch (document) {
            case Document.Organization ignored -> 0;
            case Document.Cluster ignored -> 1;
            case Document.NodePool ignored -> 2;
        };
    }

    private Optional<Step> step(Document document) {
        return Optional.ofNullable(
                switch (document) {
                    case Document.Organization organization -> organization(organization);
                    case Document.Cluster cluster -> cluster(cluster);
                    case Document.NodePool pool -> nodePool(pool);
                });
    }

    private Step organization(Document.Organization document) {
        UnaryOperator<String> paths = field -> field.equals("slug") ? "metadata.name" : "spec.display_name";
        Optional<OrganizationId> holder = draft.slug(document.name()).holder();
        List<Command> commands = new ArrayList<>();
        OrganizationId id = holder.orElseGet(() -> Streams.organizationId(document.name()));
        if (holder.isEmpty()) {
            var register = new SlugCommand.RegisterOrganization(
                    document.name(), id, document.displayName().orElse(document.name()));
            accept(document, paths, SlugDecider.decide(draft.slug(document.name()), register), register, commands);
        } else if (document.displayName().isPresent()) {
            var rename = new OrganizationCommand.RenameOrganization(
                    id, document.displayName().get());
            accept(document, paths, OrganizationDecider.decide(draft.organization(id), rename), rename, commands);
        }
        return new Step(document, id.toString(), holder.isEmpty(), commands);
    }

    private @Nullable Step cluster(Document.Cluster document) {
        OrganizationId organization = organizationOf(document, document.organization());
        if (draft.region(document.region()).plan() == null) {
            violations.broken(
                    document.path("spec.region"),
                    "region_unknown",
                    "Expected one of the open regions " + openRegions + ", but got '" + document.region() + "'.");
        }
        if (organization == null) {
            return null;
        }
        OrganizationState state = draft.organization(organization);
        Optional<ClusterId> existing = state.clusterNamed(document.name());
        List<Command> commands = new ArrayList<>();
        if (existing.isPresent()) {
            begunWith(document, draft.cluster(existing.get()), state);
            change(document, existing.get(), commands);
            allow(document, draft.cluster(existing.get()), commands);
            return new Step(document, existing.get().toString(), false, commands);
        }
        RestoreForm.Found restore = RestoreForm.find(document.restore(), document.version(), state, draft::cluster);
        OrganizationRejection refused = restore.refused();
        if (refused != null) {
            violations.broken(document.path(clusterPath(refused.field())), refused.code(), refused.message());
            return null;
        }
        ClusterId id = Streams.clusterId(organization, document.name(), state);
        var request = new OrganizationCommand.RequestCluster(
                organization,
                id,
                document.name(),
                document.region(),
                document.version(),
                document.publicEndpoint(),
                Objects.requireNonNullElse(document.etcdMembers(), EtcdMembers.DEFAULT),
                restore.snapshot(),
                channel);
        accept(document, ManifestPlanner::clusterPath, OrganizationDecider.decide(state, request), request, commands);
        windows(document, id, commands);
        name(document, id, commands);
        configure(document, id, commands);
        rotate(document, id, commands);
        pause(document, id, commands);
        sleep(document, id, commands);
        return new Step(document, id.toString(), true, commands);
    }

    /** Left out, it is left as it is, as what a cluster keeps may be. */
    private void begunWith(Document.Cluster document, ClusterState state, OrganizationState organization) {
        ClusterEvent.ClusterRequested made = state.request();
        RestoreForm asked = document.restore();
        if (made == null || asked == null || asked.means(made.restoredFrom(), organization)) {
            return;
        }
        ClusterSnapshot snapshot = made.restoredFrom();
        violations.broken(
                document.path("spec.restore_from"),
                "immutable",
                "Expected "
                        + (snapshot == null
                                ? "none, for the cluster began empty"
                                : "'" + snapshot.clusterId() + "/" + snapshot.name()
                                        + "', which the cluster began with")
                        + ", but got '" + asked + "'; another snapshot means another cluster.");
    }

    private void name(Document.Cluster document, ClusterId id, List<Command> commands) {
        List<String> names = document.apiNames();
        ClusterState state = draft.cluster(id);
        if (names != null && state.isKnown() && !names.equals(state.apiNames())) {
            var set = new ClusterCommand.SetApiNames(id, names);
            accept(document, ManifestPlanner::clusterPath, ClusterDecider.decide(state, set), set, commands);
        }
        List<String> cidrs = document.authorizedCidrs();
        ClusterState reached = draft.cluster(id);
        if (cidrs != null && reached.isKnown() && !cidrs.equals(reached.authorizedCidrs())) {
            var set = new ClusterCommand.SetAuthorizedCidrs(id, cidrs);
            accept(document, ManifestPlanner::clusterPath, ClusterDecider.decide(reached, set), set, commands);
        }
        String domain = document.publicDomain();
        ClusterState named = draft.cluster(id);
        if (domain != null
                && named.isKnown()
                && !domain.equals(named.publicName().domain())) {
            var set = new ClusterCommand.SetPublicDomain(id, domain);
            accept(document, ManifestPlanner::clusterPath, ClusterDecider.decide(named, set), set, commands);
        }
    }

    private void configure(Document.Cluster document, ClusterId id, List<Command> commands) {
        ClusterState state = draft.cluster(id);
        if (state.isKnown() && (document.oidc() != null || document.extraArgs() != null)) {
            var configure = new ClusterCommand.ConfigureControlPlane(id, document.oidc(), document.extraArgs());
            accept(
                    document,
                    ManifestPlanner::clusterPath,
                    ClusterDecider.decide(state, configure),
                    configure,
                    commands);
        }
    }

    private void change(Document.Cluster document, ClusterId id, List<Command> commands) {
        ClusterState state = draft.cluster(id);
        ClusterEvent.ClusterRequested request = state.request();
        if (request == null || isLeaving(state)) {
            violations.broken(
                    document.path("metadata.name"),
                    "wrong_status",
                    "Expected a cluster that is not being taken down, but '" + document.name() + "' is "
                            + state.status().published() + ".");
            return;
        }
        immutable(document, "spec.region", request.region(), document.region());
        immutable(document, "spec.public_endpoint", request.publicEndpoint(), document.publicEndpoint());
        if (document.etcdMembers() != null) {
            immutable(document, "spec.etcd.members", request.etcdMembers(), document.etcdMembers());
        }
        windows(document, id, commands);
        if (Boolean.FALSE.equals(document.hibernated())) {
            sleep(document, id, commands);
        }
        if (!SleepPlan.isUpgradeForLater(document, state, channel)) {
            version(document, id, request.version(), commands);
        }
        name(document, id, commands);
        configure(document, id, commands);
        rotate(document, id, commands);
        pause(document, id, commands);
        if (Boolean.TRUE.equals(document.hibernated())) {
            sleep(document, id, commands);
        }
    }

    private void version(Document.Cluster document, ClusterId id, KubernetesVersion made, List<Command> commands) {
        ClusterState state = draft.cluster(id);
        if (!made.equals(document.version())) {
            ClusterCommand upgrade = state.maintenance().windows().isEmpty()
                    ? new ClusterCommand.UpgradeCluster(id, document.version())
                    : new ClusterCommand.AskForWork(id, now, DisruptiveWork.UPGRADE, document.version());
            accept(document, ManifestPlanner::clusterPath, ClusterDecider.decide(state, upgrade), upgrade, commands);
        } else if (state.maintenance().planned().containsKey(DisruptiveWork.UPGRADE)) {
            var drop = new ClusterCommand.DropPlannedWork(id, DisruptiveWork.UPGRADE);
            accept(document, ManifestPlanner::clusterPath, ClusterDecider.decide(state, drop), drop, commands);
        }
    }

    /** What lets other changes of the document begin. */
    private void windows(Document.Cluster document, ClusterId id, List<Command> commands) {
        also(
                document,
                id,
                "spec.maintenance_windows",
                state -> CalendarPlan.windows(document, id, state, now),
                commands);
        also(document, id, PAUSE, state -> CalendarPlan.resume(document, id, state), commands);
    }

    /** What keeps other changes back. */
    private void pause(Document.Cluster document, ClusterId id, List<Command> commands) {
        also(document, id, PAUSE, state -> CalendarPlan.pause(document, id, state, channel, now), commands);
    }

    private void rotate(Document.Cluster document, ClusterId id, List<Command> commands) {
        also(
                document,
                id,
                RotationPlan.FIELD,
                state -> {
                    RotationPlan plan = RotationPlan.of(document, id, state, channel, now);
                    refused(plan.refused());
                    return plan.command();
                },
                commands);
    }

    private void refused(Optional<Detail> refused) {
        refused.ifPresent(why -> violations.broken(why.field(), why.code(), why.message()));
    }

    private void also(
            Document.Cluster document,
            ClusterId id,
            String path,
            Function<ClusterState, Optional<ClusterCommand>> plan,
            List<Command> commands) {
        ClusterState state = draft.cluster(id);
        if (state.isKnown()) {
            plan.apply(state)
                    .ifPresent(command ->
                            accept(document, field -> path, ClusterDecider.decide(state, command), command, commands));
        }
    }

    private void sleep(Document.Cluster document, ClusterId id, List<Command> commands) {
        also(
                document,
                id,
                "spec.hibernated",
                state -> {
                    SleepPlan plan = SleepPlan.of(document, id, state, channel);
                    refused(plan.refused());
                    return plan.command();
                },
                commands);
    }

    private @Nullable Step nodePool(Document.NodePool document) {
        OrganizationId organization = organizationOf(document, document.organization());
        if (organization == null) {
            return null;
        }
        Optional<ClusterId> cluster = draft.organization(organization).clusterNamed(document.cluster());
        if (cluster.isEmpty()) {
            violations.broken(
                    document.path("metadata.cluster"),
                    "cluster_unknown",
                    "Expected a cluster of '" + document.organization() + "' or one in this file, but there is no '"
                            + document.cluster() + "'.");
            return null;
        }
        ClusterState state = draft.cluster(cluster.get());
        Optional<NodePoolId> existing = state.poolNamed(document.name());
        List<Command> commands = new ArrayList<>();
        if (existing.isPresent()) {
            scale(document, existing.get(), commands);
            allow(document, state, commands);
            return new Step(document, existing.get().toString(), false, commands);
        }
        NodePoolId id = Streams.nodePoolId(cluster.get(), document.name(), state);
        var request = new ClusterCommand.RequestNodePool(
                cluster.get(),
                id,
                document.name(),
                document.size().min(),
                document.size().max(),
                document.shape());
        accept(document, field -> poolPath(document, field), ClusterDecider.decide(state, request), request, commands);
        allow(document, state, commands);
        return new Step(document, id.toString(), true, commands);
    }

    private void scale(Document.NodePool document, NodePoolId id, List<Command> commands) {
        NodePoolState state = draft.nodePool(id);
        NodePoolEvent.NodePoolRequested request = state.request();
        if (request != null && !request.shape().equals(document.shape())) {
            violations.broken(
                    document.path("spec.vcpus"),
                    "immutable",
                    "Expected the node size that pool '" + document.name() + "' was made with ("
                            + request.shape().vcpus() + " vcpus, "
                            + request.shape().memoryGb() + " GB memory, "
                            + request.shape().diskGb()
                            + " GB disk), but got another; another size means another pool.");
            return;
        }
        var scale = new NodePoolCommand.ScaleNodePool(
                id, document.size().min(), document.size().max());
        accept(document, field -> poolPath(document, field), NodePoolDecider.decide(state, scale), scale, commands);
    }

    private @Nullable OrganizationId organizationOf(Document document, String slug) {
        Optional<OrganizationId> holder = draft.slug(slug).holder();
        if (holder.isEmpty()) {
            violations.broken(
                    document.path("metadata.organization"),
                    "organization_unknown",
                    "Expected an existing organization or one in this file, but there is no '" + slug + "'.");
            return null;
        }
        return holder.get();
    }

    private void immutable(Document document, String field, Object made, Object wanted) {
        if (!made.equals(wanted)) {
            violations.broken(
                    document.path(field),
                    "immutable",
                    "Expected '" + made + "', which the cluster was made with and keeps, but got '" + wanted + "'.");
        }
    }

    /** What changes nothing may be said through every channel. */
    private void allow(Document document, ClusterState cluster, List<Command> commands) {
        if (!commands.isEmpty()) {
            ChannelRule.check(cluster, channel)
                    .ifPresent(why -> violations.broken(document.path("metadata.name"), ChannelRule.CODE, why));
        }
    }

    /** Takes a command that the domain accepts and that changes something; notes why when it is refused. */
    private void accept(
            Document document,
            UnaryOperator<String> paths,
            Decision<? extends Rejection> decision,
            Command command,
            List<Command> commands) {
        switch (decision) {
            case Decision.Accepted<?> accepted -> {
                accepted.events().forEach(draft::apply);
                if (!accepted.events().isEmpty()) {
                    commands.add(command);
                }
            }
            case Decision.Refused<?> refused ->
                violations.broken(
                        document.path(paths.apply(refused.rejection().field())),
                        refused.rejection().code(),
                        refused.rejection().message());
        }
    }

    static String path(Document document, String field) {
        return document.path(
                switch (document) {
                    case Document.Organization ignored -> "metadata.name";
                    case Document.Cluster ignored -> clusterPath(field);
                    case Document.NodePool pool -> poolPath(pool, field);
                });
    }

    private static String clusterPath(String field) {
        return switch (field) {
            case "name" -> "metadata.name";
            case "organization" -> "metadata.organization";
            case "region" -> "spec.region";
            case "etcd.members" -> "spec.etcd.members";
            case "restore_from.cluster", "restore_from.snapshot" -> "spec." + field;
            case "api_names" -> "spec.api_names";
            case "public_domain" -> "spec.public_domain";
            default ->
                field.startsWith("oidc.") || field.startsWith("extra_args.") || field.startsWith("authorized_cidrs")
                        ? "spec." + field
                        : "spec.k8s_version"; // what else a cluster may be refused for is its version, or when it may
            // change
        };
    }

    private static String poolPath(Document.NodePool document, String field) {
        return switch (field) {
            case "name", "status", "node_pool" -> "metadata.name";
            case "cluster" -> "metadata.cluster";
            default -> "spec." + document.size().field(field);
        };
    }

    private static boolean isLeaving(ClusterState state) {
        return state.status() == ClusterStatus.DELETING || state.status() == ClusterStatus.DELETED;
    }
}
