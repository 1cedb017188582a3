package aether.domain.cluster;

import aether.domain.kernel.DnsLabel;

/**
 * A snapshot of a cluster's etcd, as the store of its site has it.
 *
 * @param clusterId whose it is
 * @param name what the Job was called that took it; it becomes part of a path and of a command, so it is a DNS label
 */
public record ClusterSnapshot(ClusterId clusterId, String name) {

    /** Whether a text may name one. */
    public static boolean isName(String text) {
        return DnsLabel.isValid(text);
    }

    /** Under which the store has it, below the site's destination. */
    public String key() {
        return clusterId + "/" + name + ".db";
    }
}
