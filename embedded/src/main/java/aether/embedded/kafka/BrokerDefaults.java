package aether.embedded.kafka;

import java.util.Map;

/** What a broker for one machine and one user needs less of, and what it must not do to an event log. */
final class BrokerDefaults {

    static final Map<String, String> PROPERTIES = Map.ofEntries(
            // One broker holds everything.
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            // Topics are made on purpose, and nothing in them goes away by age or size.
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.retention.bytes", "-1"),
            // A broker that comes back after a kill is let in once its last life's session is over: 9 s by default.
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            // Few threads and small buffers: three or four clients on the same machine.
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.segment.bytes", "67108864"),
            // Nobody to wait for: a group is complete when its first member joins.
            Map.entry("group.initial.rebalance.delay.ms", "0"));

    private BrokerDefaults() {}
}
