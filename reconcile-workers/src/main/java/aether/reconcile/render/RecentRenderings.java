package aether.reconcile.render;

import aether.domain.cluster.ClusterId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What was rendered for the tenants that were looked at last. While a tenant comes to life it is looked at dozens of
 * times, and what is wanted of it hardly ever changes; a rendering follows from its inputs alone, so equal inputs need
 * none.
 *
 * @param <I> everything that a rendering looks at; compared by {@code equals}
 */
public final class RecentRenderings<I> {

    /** Four times as many as are worked on at once; the trees of one tenant are about a megabyte. */
    private static final int MOST = 128;

    private final Function<I, List<Rendered>> rendering;
    private final Map<ClusterId, Made<I>> recent = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Made<I>(I inputs, List<Rendered> objects) {}

    /** Remembers what this rendering makes. */
    public RecentRenderings(Function<I, List<Rendered>> rendering) {
        this.rendering = rendering;
    }

    /** The objects of a tenant, rendered anew only when anything that a rendering looks at is another. */
    public List<Rendered> of(ClusterId tenant, I inputs) {
        synchronized (recent) {
            Made<I> made = recent.get(tenant);
            if (made != null && made.inputs().equals(inputs)) {
                return made.objects();
            }
        }
        List<Rendered> objects = rendering.apply(inputs); // others need not wait for it
        synchronized (recent) {
            recent.put(tenant, new Made<>(inputs, objects));
            if (recent.size() > MOST) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
        return objects;
    }
}
