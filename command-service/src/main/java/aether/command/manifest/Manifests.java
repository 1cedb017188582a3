package aether.command.manifest;

import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.dispatch.Dispatched;
import aether.command.request.Detail;
import aether.command.request.Rejections;
import aether.command.request.RequestRefused;
import aether.command.streams.Streams;
import aether.domain.cluster.Channel;
import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Applies manifests: the same manifest twice, or ten times at once, makes everything once. */
public final class Manifests {

    /** Somebody else applying at the same time makes a plan stale; three stale plans in a row are a quarrel. */
    private static final int MAX_PLANS = 4;

    private final Streams streams;

    private final CommandDispatcher dispatcher;

    private final List<String> openRegions;

    private final Channel channel;

    private final InstantSource clock;

    /**
     * Applies manifests.
     *
     * @param openRegions the names of the open regions, for sentences
     * @param channel how the manifests come in
     * @param clock when they come
     */
    public Manifests(
            Streams streams,
            CommandDispatcher dispatcher,
            List<String> openRegions,
            Channel channel,
            InstantSource clock) {
        this.clock = clock;
        this.streams = streams;
        this.dispatcher = dispatcher;
        this.openRegions = List.copyOf(openRegions);
        this.channel = channel;
    }

    /**
     * Applies a manifest.
     *
     * @param json whether the body is JSON; else it is YAML
     * @param onlyOrganization the slug of the one organization the caller may touch; empty for all
     * @param ids gives a command its id
     * @throws RequestRefused when anything is wrong with it
     */
    public Applied apply(
            byte[] body,
            boolean json,
            Optional<String> onlyOrganization,
            CommandContext context,
            Function<Command, UUID> ids) {
        List<Document> documents = json ? ManifestReader.json(body) : ManifestReader.yaml(body);
        onlyOrganization.ifPresent(slug -> documents.forEach(document -> checkScope(document, slug)));
        for (int plan = 1; ; plan++) {
            Run run = new Run(context, ids);
            RequestRefused refusal =
                    run.take(ManifestPlanner.plan(documents, streams, openRegions, channel, clock.instant()));
            if (refusal == null) {
                return run.applied();
            }
            if (plan == MAX_PLANS) {
                throw refusal;
            }
        }
    }

    private static void checkScope(Document document, String slug) {
        String organization = switch (document) {
            case Document.Organization own -> own.name();
            case Document.Cluster cluster -> cluster.organization();
            case Document.NodePool pool -> pool.organization();
        };
        if (!organization.equals(slug)) {
            String field = document instanceof Document.Organization ? "metadata.name" : "metadata.organization";
            throw RequestRefused.of(
                    403,
                    new Detail(
                            document.path(field),
                            "forbidden",
                            "Expected an object of organization '" + slug
                                    + "', which the token is for, but got one of '" + organization + "'."));
        }
    }

    /** One walk through one plan. */
    private final class Run {

        private final CommandContext context;

        private final Function<Command, UUID> ids;

        private final List<Placed> placed = new ArrayList<>();

        private long position = -1;

        private final List<String> streams = new ArrayList<>();

        private record Placed(int index, Applied.Item item) {}

        Run(CommandContext context, Function<Command, UUID> ids) {
            this.context = context;
            this.ids = ids;
        }

        /** Sends the commands; answers why it stopped, or null when it did not. */
        @Nullable
        RequestRefused take(List<Step> steps) {
            for (Step step : steps) {
                boolean changed = false;
                streams.addAll(step.streams());
                for (Command command : step.commands()) {
                    UUID id = ids.apply(command);
                    Dispatched dispatched = dispatcher.dispatch(new CommandEnvelope(id, command, context));
                    position = Math.max(position, dispatched.position());
                    switch (dispatched.outcome()) {
                        case Outcome.Accepted accepted -> changed |= accepted.changed();
                        case Outcome.Refused refused -> {
                            return Rejections.refused(refused, FieldPaths.of(step.document(), refused.field()));
                        }
                    }
                }
                placed.add(new Placed(step.document().index(), item(step, changed)));
            }
            return null;
        }

        Applied applied() {
            return new Applied(
                    placed.stream()
                            .sorted(Comparator.comparingInt(Placed::index))
                            .map(Placed::item)
                            .toList(),
                    position < 0 ? Manifests.this.streams.head() : position,
                    streams);
        }

        private Applied.Item item(Step step, boolean changed) {
            String outcome = !changed ? "unchanged" : step.creates() ? "created" : "changed";
            return new Applied.Item(
                    step.document().getClass().getSimpleName(), step.document().name(), step.id(), outcome);
        }
    }
}
