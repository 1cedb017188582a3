package aether.domain.privacy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is decided about a data subject.
 *
 * @param holds the references of the holds in force, oldest first
 * @param erasedKey the key whose end was decided; empty while none was
 * @param destroyed whether that key is gone
 */
public record SubjectState(List<String> holds, String erasedKey, boolean destroyed) {

    /** Before the first event. */
    public static final SubjectState ABSENT = new SubjectState(List.of(), "", false);

    public SubjectState {
        holds = List.copyOf(holds);
    }

    /** Whether it is decided that the subject is forgotten. */
    public boolean erased() {
        return !erasedKey.isEmpty();
    }

    /** The state after an event. */
    public SubjectState apply(SubjectEvent event) {
        return switch (event) {
            case SubjectEvent.HoldPlaced placed -> {
                Set<String> more = new LinkedHashSet<>(holds);
                more.add(placed.reference());
                yield new SubjectState(List.copyOf(more), erasedKey, destroyed);
            }
            case SubjectEvent.HoldLifted lifted ->
                new SubjectState(
                        holds.stream()
                                .filter(hold -> !hold.equals(lifted.reference()))
                                .toList(),
                        erasedKey,
                        destroyed);
            case SubjectEvent.SubjectErased erased -> new SubjectState(holds, erased.keyId(), false);
            case SubjectEvent.KeyDestroyed ignored -> new SubjectState(holds, erasedKey, true);
        };
    }
}
