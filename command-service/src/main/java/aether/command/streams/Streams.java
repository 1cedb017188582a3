package aether.command.streams;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.kernel.NameBasedId;
import aether.domain.kernel.Personal;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkEvent;
import aether.domain.network.NetworkState;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.OrganizationState;
import aether.domain.organization.SlugCommand;
import aether.domain.organization.SlugEvent;
import aether.domain.organization.SlugState;
import aether.domain.privacy.SubjectEvent;
import aether.domain.privacy.SubjectId;
import aether.domain.privacy.SubjectState;
import aether.format.EventCodec;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Folds event streams into the domain's states: the truth at the moment of reading, without any read model. */
public final class Streams {

    private final LogReader reader;

    private final EventCodec codec;

    /** Streams of a log. */
    public Streams(LogReader reader, EventCodec codec) {
        this.reader = reader;
        this.codec = codec;
    }

    /** Who holds a slug. */
    public SlugState slug(String slug) {
        return fold(SlugCommand.stream(slug), SlugState.FREE, SlugEvent.class, SlugState::apply);
    }

    /** An organization. */
    public OrganizationState organization(OrganizationId id) {
        return fold(id.stream(), OrganizationState.ABSENT, OrganizationEvent.class, OrganizationState::apply);
    }

    /** A cluster. */
    public ClusterState cluster(ClusterId id) {
        return fold(id.stream(), ClusterState.ABSENT, ClusterEvent.class, ClusterState::apply);
    }

    /** A node pool. */
    public NodePoolState nodePool(NodePoolId id) {
        return fold(id.stream(), NodePoolState.ABSENT, NodePoolEvent.class, NodePoolState::apply);
    }

    /** A region's plan. */
    public NetworkState region(String region) {
        return fold(NetworkCommand.stream(region), NetworkState.ABSENT, NetworkEvent.class, NetworkState::apply);
    }

    /**
     * The newest event of an organization that set its billing contact; empty when there is none or it was removed.
     * What it says is sealed for this very event, so the event's id comes with it.
     */
    public Optional<StoredContact> billingContact(OrganizationId id) {
        AtomicReference<@Nullable StoredContact> newest = new AtomicReference<>();
        pages(id.stream(), event -> {
            switch (codec.decode(event.type(), event.revision(), event.payload())) {
                case OrganizationEvent.BillingContactSet set ->
                    newest.set(new StoredContact(event.eventId(), set.email()));
                case OrganizationEvent.BillingContactRemoved ignored -> newest.set(null);
                default -> {}
            }
        });
        return Optional.ofNullable(newest.get());
    }

    /** A contact, as one event has it. */
    public record StoredContact(UUID eventId, Personal email) {}

    /** What is decided about a data subject. */
    public SubjectState subject(SubjectId id) {
        return fold(id.stream(), SubjectState.ABSENT, SubjectEvent.class, SubjectState::apply);
    }

    /** The position of the newest event, -1 when there is none. */
    public long head() {
        return reader.head();
    }

    /** The id of the organization that registers a slug: the same for every retry. */
    public static OrganizationId organizationId(String slug) {
        return new OrganizationId(NameBasedId.of("organization", slug));
    }

    /** The id of the next cluster with a name: the same for every retry, another one after the name was given back. */
    public static ClusterId clusterId(OrganizationId organization, String name, OrganizationState state) {
        return new ClusterId(NameBasedId.of("cluster", organization, name, state.claims()));
    }

    /** The id of the next pool with a name in a cluster. */
    public static NodePoolId nodePoolId(ClusterId cluster, String name, ClusterState state) {
        return new NodePoolId(NameBasedId.of("node-pool", cluster, name, state.poolClaims()));
    }

    private <S, E> S fold(String stream, S absent, Class<E> family, BiFunction<S, E, S> apply) {
        AtomicReference<S> state = new AtomicReference<>(absent);
        pages(
                stream,
                event -> state.set(apply.apply(
                        state.get(), family.cast(codec.decode(event.type(), event.revision(), event.payload())))));
        return state.get();
    }

    private void pages(String stream, Consumer<StoredEvent> reader) {
        long next = 0;
        List<StoredEvent> page;
        do {
            page = this.reader.readStream(stream, next);
            for (StoredEvent event : page) {
                reader.accept(event);
                next = event.sequence() + 1;
            }
        } while (page.size() == LogReader.PAGE);
    }
}
