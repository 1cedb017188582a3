package aether.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.seal.SealWorld;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TopicTailTest {

    private final InMemoryTopic topic = new InMemoryTopic(3);

    private void publish(long from, long to) {
        for (long position = from; position < to; position++) {
            topic.publish((int) (position % 3), position);
        }
    }

    private TopicTail read(long size) throws IOException {
        return TopicTail.read(topic, size, SealWorld::entry);
    }

    @Test
    void findsWhatContinuesTheArchiveAcrossPartitions() throws IOException {
        publish(80, 250);
        publish(240, 245); // again

        TopicTail tail = read(100);

        assertThat(tail.from()).isEqualTo(100);
        assertThat(tail.entries()).containsExactlyElementsOf(SealWorld.entries(100, 250));
        assertThat(tail.compared()).isEqualTo(20);
        assertThat(tail.sentence())
                .isEqualTo("Kafka holds 150 events that continue the archive, positions 100 to 249;"
                        + " 20 records that both have agree.");
    }

    @Test
    void takesNothingFromBehindAGapAndSaysWhatIsLost() throws IOException {
        publish(95, 103);
        publish(105, 110);

        TopicTail tail = read(100);

        assertThat(tail.entries()).hasSize(3);
        assertThat(tail.unusable()).isEqualTo(5);
        assertThat(tail.sentence()).contains("Lost is at least position 103; 5 events behind that gap");
        assertThat(read(200).sentence()).startsWith("Kafka holds no event that continues the archive; ");
    }

    @Test
    void refusesATopicOfAnotherLogAndOneThatContradictsItself() {
        publish(0, 20);
        topic.publish(0, 7, SealWorld.entry(7, "another", 0));
        assertThatThrownBy(() -> read(10)).hasMessageContaining("position 7 is another event there");
        topic.publish(0, 15, SealWorld.entry(15, "another", 0));
        assertThatThrownBy(() -> TopicTail.read(topic.reopened(topic.committed), 0, SealWorld::entry))
                .hasMessageContaining("is another event there");
    }

    @Test
    void leavesOutWhatIsNoEvent() throws IOException {
        publish(0, 5);
        topic.publish(1, EventRecord.FOREIGN, new byte[] {1});
        publish(5, 7);

        assertThat(read(3).entries()).hasSize(4);
    }
}
