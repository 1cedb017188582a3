package aether.domain.archive;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which witnesses refuse the archive's checkpoints, and over what; who signs again is not among them.
 *
 * @param causes what each has refused since it last signed
 */
record WitnessDissent(Map<WitnessKey, Set<WitnessRefusal.Cause>> causes) {

    static final WitnessDissent NONE = new WitnessDissent(Map.of());

    WitnessDissent {
        causes = Map.copyOf(causes);
    }

    boolean isKnown(WitnessKey witness, WitnessRefusal.Cause cause) {
        return causes.getOrDefault(witness, Set.of()).contains(cause);
    }

    boolean isOf(WitnessKey witness) {
        return causes.containsKey(witness);
    }

    WitnessDissent with(WitnessKey witness, WitnessRefusal.Cause cause) {
        Set<WitnessRefusal.Cause> all = EnumSet.of(cause);
        all.addAll(causes.getOrDefault(witness, Set.of()));
        Map<WitnessKey, Set<WitnessRefusal.Cause>> more = new HashMap<>(causes);
        more.put(witness, Set.copyOf(all));
        return new WitnessDissent(more);
    }

    WitnessDissent without(WitnessKey witness) {
        Map<WitnessKey, Set<WitnessRefusal.Cause>> fewer = new HashMap<>(causes);
        fewer.remove(witness);
        return new WitnessDissent(fewer);
    }
}
