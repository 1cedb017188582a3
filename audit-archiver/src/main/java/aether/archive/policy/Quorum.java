package aether.archive.policy;

import aether.archive.log.CosignerKey;
import java.util.List;
import java.util.Set;

/** Which witnesses together are enough. */
public sealed interface Quorum {

    /** Whether these witnesses, who have all cosigned, are enough. */
    boolean isMetBy(Set<CosignerKey> cosigned);

    /** Nobody need cosign. */
    record None() implements Quorum {
        @Override
        public boolean isMetBy(Set<CosignerKey> cosigned) {
            return true;
        }
    }

    /** This witness must. */
    record One(PolicyWitness witness) implements Quorum {
        @Override
        public boolean isMetBy(Set<CosignerKey> cosigned) {
            return cosigned.contains(witness.key());
        }
    }

    /**
     * So many of the members must.
     *
     * @param needed from 1 to the number of members
     */
    record Group(int needed, List<Quorum> members) implements Quorum {

        /** Keeps its own list. */
        public Group {
            members = List.copyOf(members);
            if (needed < 1 || needed > members.size()) {
                throw new IllegalArgumentException(
                        "Expected a threshold from 1 to " + members.size() + ", but got " + needed + ".");
            }
        }

        @Override
        public boolean isMetBy(Set<CosignerKey> cosigned) {
            return members.stream().filter(member -> member.isMetBy(cosigned)).count() >= needed;
        }
    }
}
