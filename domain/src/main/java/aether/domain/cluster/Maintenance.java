package aether.domain.cluster;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * When a cluster may be disturbed, and what waits for that.
 *
 * @param windows empty for any time
 * @param planned what was asked for and waits
 */
public record Maintenance(List<MaintenanceWindow> windows, Map<DisruptiveWork, ClusterEvent.WorkPlanned> planned) {

    /** Any time, and nothing waits. */
    public static final Maintenance ANY_TIME = new Maintenance(List.of(), Map.of());

    public Maintenance {
        windows = List.copyOf(windows);
        planned = Map.copyOf(planned);
    }

    /** Whether the cluster may be disturbed at a moment. */
    public boolean isOpen(Instant now) {
        return windows.isEmpty()
                || next(windows, now).filter(opening -> opening.contains(now)).isPresent();
    }

    /** When it may be disturbed next, which may be now. */
    public Instant opens(Instant now) {
        return isOpen(now) ? now : next(windows, now).orElseThrow().from();
    }

    /** The opening that a moment is in, or the next one after it; empty without windows. */
    public static Optional<MaintenanceWindow.Opening> next(List<MaintenanceWindow> windows, Instant now) {
        return windows.stream()
                .flatMap(window -> window.openings(now))
                .min(Comparator.comparing(MaintenanceWindow.Opening::from)
                        .thenComparing(MaintenanceWindow.Opening::to, Comparator.reverseOrder()));
    }

    Maintenance within(List<MaintenanceWindow> next) {
        return new Maintenance(next, planned);
    }

    Maintenance planning(ClusterEvent.WorkPlanned work) {
        return changed(next -> next.put(work.work(), work));
    }

    Maintenance without(DisruptiveWork work) {
        return changed(next -> next.remove(work));
    }

    private Maintenance changed(Consumer<Map<DisruptiveWork, ClusterEvent.WorkPlanned>> change) {
        Map<DisruptiveWork, ClusterEvent.WorkPlanned> next = new EnumMap<>(DisruptiveWork.class);
        next.putAll(planned);
        change.accept(next);
        return new Maintenance(windows, next);
    }
}
