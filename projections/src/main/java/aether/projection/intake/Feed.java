package aether.projection.intake;

import java.util.Map;

/** The events topic, read from where we say. */
interface Feed {

    /** One reading of the topic. */
    interface Session extends AutoCloseable {

        /**
         * Waits until it ends by itself, which it only does because of a failure.
         *
         * @throws FeedEndedException with the failure
         */
        void await() throws InterruptedException;

        @Override
        void close();
    }

    /** Begins to read every partition, from its offset or else from its beginning. */
    Session open(Map<Integer, Long> offsets, FeedListener listener);

    /** The partitions there are. */
    java.util.Set<Integer> partitions();
}
