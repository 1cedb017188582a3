package aether.reconcile.loop;

/**
 * Looks at one key and makes the world as it should be.
 *
 * @param <K> the key
 */
@FunctionalInterface
public interface Worker<K> {

    /** One look; whatever it throws is sorted by {@link Throwables}. */
    WorkOutcome work(K key) throws InterruptedException;
}
