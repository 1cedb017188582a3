package aether.reconcile.kube;

import aether.domain.cluster.ClusterId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Connections to tenants' APIs, the most recently used ones kept open. One that is left stays open for a while, because
 * somebody else may be in the middle of a look through it: what we closed ourselves would look like an API that is
 * away. While a CA is exchanged two accesses to one tenant are asked for in turn, and each finds its connection again.
 */
public final class FabricTenantApis implements TenantApis, AutoCloseable {

    /** A connection costs some hundred kilobytes; beyond this the one unused for longest is left. */
    private static final int OPEN_MAX = 256;

    /** A look asks a handful of questions, none of which is waited for longer than ten seconds. */
    static final Duration LINGERING = Duration.ofMinutes(2);

    /** Beyond this the one that was left first is closed, though its time is not over. */
    private static final int LINGERING_MAX = 256;

    private record Open(ClusterId clusterId, TenantAccess access, KubernetesClient client) {}

    private record Left(Open open, Instant since) {}

    private final InstantSource clock;
    private final Map<ClusterId, Open> current = new LinkedHashMap<>(16, 0.75f, true);
    /** The one that was left first is first. */
    private final Deque<Left> left = new ArrayDeque<>();

    /** No connections yet. */
    public FabricTenantApis(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized KubeApi of(ClusterId clusterId, TenantAccess access) {
        closeLeft();
        Open there = current.get(clusterId);
        if (there == null || !there.access().equals(access)) {
            forget(clusterId);
            there = found(clusterId, access).orElseGet(() -> new Open(clusterId, access, KubeClients.tenant(access)));
            current.put(clusterId, there);
            if (current.size() > OPEN_MAX) {
                forget(current.keySet().iterator().next());
            }
        }
        return api(there);
    }

    @Override
    public synchronized Optional<KubeApi> current(ClusterId clusterId) {
        return Optional.ofNullable(current.get(clusterId)).map(FabricTenantApis::api);
    }

    private static KubeApi api(Open open) {
        return new FabricKubeApi(open.client(), Side.TENANT);
    }

    @Override
    public synchronized void forget(ClusterId clusterId) {
        Open gone = current.remove(clusterId);
        if (gone != null) {
            left.addLast(new Left(gone, clock.instant()));
        }
    }

    /** One that was left and is open still. */
    private Optional<Open> found(ClusterId clusterId, TenantAccess access) {
        Iterator<Left> each = left.iterator();
        while (each.hasNext()) {
            Open open = each.next().open();
            if (open.clusterId().equals(clusterId) && open.access().equals(access)) {
                each.remove();
                return Optional.of(open);
            }
        }
        return Optional.empty();
    }

    private void closeLeft() {
        Instant over = clock.instant().minus(LINGERING);
        while (!left.isEmpty()
                && (left.size() > LINGERING_MAX || !left.getFirst().since().isAfter(over))) {
            left.removeFirst().open().client().close();
        }
    }

    @Override
    public synchronized void close() {
        current.values().forEach(each -> each.client().close());
        current.clear();
        left.forEach(each -> each.open().client().close());
        left.clear();
    }
}
