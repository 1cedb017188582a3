package aether.command.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.core.KafkaAdmin;

/** The two topics of the door: the events, kept for ever, and the positions that readers want again. */
final class DoorTopics {

    private final DoorSettings settings;

    private final Duration bound;

    /** {@code bound} is what one question to Kafka may take. */
    DoorTopics(DoorSettings settings, Duration bound) {
        this.settings = settings;
        this.bound = bound;
    }

    /**
     * Creates the missing ones and waits until each partition has a leader: a batch that meets one without is refused
     * and, with an idempotent producer, keeps being refused as out of order until its delivery time is over.
     *
     * @return whether the topic of the events has never held one; asked of the topic and not of having created it, so
     *     that a crash in between changes nothing
     * @throws DoorException when Kafka does not answer or refuses
     */
    boolean prepare() {
        KafkaAdmin template = template();
        try (Admin admin = Admin.create(template.getConfigurationProperties())) {
            Set<String> there = answer(admin.listTopics().names());
            List<NewTopic> missing = missing(there);
            if (!missing.isEmpty()) {
                template.createOrModifyTopics(missing.toArray(NewTopic[]::new));
            }
            Map<TopicPartition, ListOffsetsResultInfo> ends = ends(admin);
            return ends.entrySet().stream()
                    .filter(end -> end.getKey().topic().equals(settings.topic()))
                    .allMatch(end -> end.getValue().offset() == 0);
        } catch (KafkaException | IllegalStateException e) {
            throw new DoorException("Expected Kafka to hold the topics, but " + e.getMessage(), e);
        }
    }

    private List<NewTopic> missing(Set<String> there) {
        List<NewTopic> missing = new ArrayList<>();
        if (!there.contains(settings.topic())) {
            missing.add(new NewTopic(settings.topic(), settings.partitions(), settings.replicationFactor())
                    .configs(Map.of(
                            TopicConfig.RETENTION_MS_CONFIG, "-1",
                            TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)));
        }
        if (!there.contains(settings.wantedTopic())) {
            missing.add(new NewTopic(settings.wantedTopic(), 1, settings.replicationFactor())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        }
        return missing;
    }

    /** Only its leader knows the end of a partition; the client asks again while there is none. */
    private Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic : answer(admin.describeTopics(List.of(settings.topic(), settings.wantedTopic()))
                        .allTopicNames())
                .values()) {
            topic.partitions()
                    .forEach(partition ->
                            wanted.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        return answer(admin.listOffsets(wanted).all());
    }

    private KafkaAdmin template() {
        int millis = (int) bound.toMillis();
        KafkaAdmin template = new KafkaAdmin(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis,
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                millis));
        template.setOperationTimeout((int) bound.toSeconds());
        // An operator may have given an existing topic more partitions or replicas; that is not ours to change.
        template.setModifyTopicConfigs(false);
        return template;
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new DoorException("Expected Kafka at " + settings.bootstrapServers() + ", but it does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DoorException("Expected Kafka to answer, but the door is closing", e);
        }
    }
}
