package aether.domain.cluster;

import aether.domain.kernel.Ipv4Block;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From where a cluster's API may be reached. Its nodes and the platform are let in besides, whatever stands here, so
 * that nobody can lock out what keeps the cluster alive.
 */
public final class AuthorizedCidrs {

    /** Each connection is compared with all of them. */
    public static final int MAX = 64;

    private AuthorizedCidrs() {}

    /** What is wrong with the blocks; empty when nothing is. */
    static Optional<ClusterRejection> check(List<String> cidrs) {
        if (cidrs.size() > MAX) {
            return Optional.of(new ClusterRejection.InvalidAuthorizedCidrs(
                    "authorized_cidrs", "Expected at most " + MAX + " blocks, but got " + cidrs.size() + "."));
        }
        for (int index = 0; index < cidrs.size(); index++) {
            if (Ipv4Block.parse(cidrs.get(index)).isEmpty()) {
                return Optional.of(new ClusterRejection.InvalidAuthorizedCidrs(
                        "authorized_cidrs[" + index + "]",
                        "Expected a block of IPv4 addresses such as 203.0.113.0/24, without bits beyond its prefix, but"
                                + " got other text."));
            }
        }
        return Optional.empty();
    }

    /** Each once, in order: what means the same looks the same. */
    static List<String> inOrder(List<String> cidrs) {
        return cidrs.stream()
                .flatMap(text -> Ipv4Block.parse(text).stream())
                .distinct()
                .sorted(Comparator.comparingLong(Ipv4Block::base).thenComparingInt(Ipv4Block::prefix))
                .map(Ipv4Block::toString)
                .toList();
    }
}
