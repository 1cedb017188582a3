package aether.domain.cluster;

import java.util.List;

/** How many members a cluster's etcd may have. */
public final class EtcdMembers {

    /** One is away with its node; three go on without any one of them. Two would need both. */
    public static final List<Integer> ALLOWED = List.of(1, 3);

    /** What a cluster has that does not say. */
    public static final int DEFAULT = 1;

    private EtcdMembers() {}
}
