package aether.command.gateway;

import aether.command.access.Principal;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.manifest.Manifests;
import aether.command.request.Rejections;
import aether.command.request.RequestRefused;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Carries out one custom resource: its spec becomes commands, and what the log says becomes its status.
 * Level-triggered: a round reads everything anew and does what is missing; a round without a difference writes nothing,
 * so two gateways at once do no harm.
 */
final class Gateway {

    private static final Actor ACTOR = new Actor("platform", "kubernetes-gateway");

    private final CustomResources resources;

    private final LogObserver log;

    private final Manifests manifests;

    private final CommandDispatcher dispatcher;

    private final Dependents dependents;

    private final Supplier<UUID> ids;

    private final InstantSource clock;

    private final boolean stamped;

    /**
     * A gateway.
     *
     * @param stamped whether a webhook stands before the resources, so that what they say of who asked is true
     */
    Gateway(
            CustomResources resources,
            LogObserver log,
            Manifests manifests,
            CommandDispatcher dispatcher,
            Dependents dependents,
            Supplier<UUID> ids,
            InstantSource clock,
            boolean stamped) {
        this.resources = resources;
        this.log = log;
        this.manifests = manifests;
        this.dispatcher = dispatcher;
        this.dependents = dependents;
        this.ids = ids;
        this.clock = clock;
        this.stamped = stamped;
    }

    /**
     * One round for one resource; nothing to do when it is gone.
     *
     * @throws ManagementClusterUnavailable when the management cluster cannot be written to now
     */
    void reconcile(ResourceKey key) {
        resources.find(key).ifPresent(resource -> {
            switch (key.type()) {
                case TENANT_CLUSTER -> cluster(resource);
                case NODE_POOL -> pool(resource);
            }
        });
    }

    private void cluster(CustomResource found) {
        List<CustomResource> rivals = resources.all(ResourceType.TENANT_CLUSTER);
        Intent intent = Intents.ofCluster(found, observe(found), rivals);
        CustomResource resource = held(found, intent);
        Intent done = perform(resource, intent, () -> ManifestForm.cluster(resource));
        if (!(done instanceof Intent.Release)) {
            ObservedCluster shown = done instanceof Intent.Yield ? ObservedCluster.NONE : observe(resource);
            settle(resource, Statuses.ofCluster(resource, shown, done, clock.instant()));
        }
    }

    private void pool(CustomResource found) {
        Optional<CustomResource> cluster = resources.find(
                new ResourceKey(ResourceType.TENANT_CLUSTER, found.key().namespace(), found.text("clusterName")));
        Intent intent =
                Intents.ofPool(found, cluster, cluster.map(this::observe).orElse(ObservedCluster.NONE));
        CustomResource resource = held(found, intent);
        Intent done = perform(resource, intent, () -> ManifestForm.pool(resource, cluster.orElseThrow()));
        if (!(done instanceof Intent.Release)) {
            ObservedCluster observed = cluster.map(this::observe).orElse(ObservedCluster.NONE);
            settle(resource, Statuses.ofPool(resource, observed, done, clock.instant()));
        }
    }

    /** The cluster of a TenantCluster; noted first, so that no event after this reading is missed. */
    private ObservedCluster observe(CustomResource resource) {
        Optional<ClusterId> id = log.clusterOf(resource);
        id.ifPresent(cluster -> dependents.note(cluster, resource.key()));
        return id.map(cluster -> log.observe(resource, cluster)).orElse(ObservedCluster.NONE);
    }

    /** Nothing is asked for before the finalizer is on, or the resource could go and leave it behind. */
    private CustomResource held(CustomResource resource, Intent intent) {
        return intent instanceof Intent.Apply && !resource.isHeld() ? resources.hold(resource) : resource;
    }

    private Intent perform(CustomResource resource, Intent intent, Supplier<byte[]> document) {
        try {
            switch (intent) {
                case Intent.Apply ignored ->
                    manifests.apply(
                            document.get(), true, Optional.empty(), context(resource, requester(resource)), this::id);
                case Intent.End end -> send(resource, end.command());
                case Intent.Release ignored -> release(resource);
                case Intent.Wait ignored -> {}
                case Intent.Refuse ignored -> {}
                case Intent.Yield ignored -> {}
            }
            return intent;
        } catch (RequestRefused refused) {
            return ManifestForm.refusal(refused);
        }
    }

    private void send(CustomResource resource, Command command) {
        Outcome outcome = dispatcher
                .dispatch(new CommandEnvelope(ids.get(), command, context(resource, ender(resource))))
                .outcome();
        if (outcome instanceof Outcome.Refused refused) {
            throw Rejections.refused(refused, "");
        }
    }

    private void release(CustomResource resource) {
        if (resource.isHeld()) {
            resources.release(resource);
        }
    }

    private void settle(CustomResource resource, Map<String, Object> status) {
        if (!resource.shows(status)) {
            resources.writeStatus(resource, status);
        }
    }

    private UUID id(Command unused) {
        return ids.get();
    }

    /** The request that the audit trail names: the resource, and which of its specs. */
    private static CommandContext context(CustomResource resource, Actor actor) {
        String request = resource.key() + "@" + resource.generation();
        return new CommandContext(actor, request, null, null, null, null);
    }

    private Actor requester(CustomResource resource) {
        return stamped ? resource.requester().map(Gateway::actor).orElse(ACTOR) : ACTOR;
    }

    /** A deletion leaves nothing to stamp; a cluster's is confirmed by an annotation, which does. */
    private Actor ender(CustomResource resource) {
        return resource.key().type() == ResourceType.TENANT_CLUSTER ? requester(resource) : ACTOR;
    }

    /** A service account is no person; anybody else may be one. */
    private static Actor actor(String user) {
        Principal principal = user.startsWith("system:")
                ? Principal.service("kubernetes:" + user)
                : new Principal(Principal.Kind.ADMINISTRATOR, "", "kubernetes:" + user);
        return new Actor("platform", principal);
    }
}
