package aether.format;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Before the others could be exchanged, every rotation was of the cluster CA. */
record AuthorityEventOfClusterCa(String type) implements Upcaster {

    /** One for each event of a rotation. */
    static final List<Upcaster> ALL = Stream.of(
                    "rotation-started",
                    "trusted",
                    "signing",
                    "rotation-prepared",
                    "rotation-completing",
                    "leaves-reissued",
                    "retired",
                    "rotation-delayed")
            .map(name -> EventTypes.PREFIX + "cluster.authority-" + name)
            .<Upcaster>map(AuthorityEventOfClusterCa::new)
            .toList();

    @Override
    public int from() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
        return payload.put("authority", "cluster");
    }
}
