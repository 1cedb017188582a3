package aether.archive.seal;

import aether.archive.store.FailureSwitch;
import java.io.IOException;

/** A head in memory. */
public final class InMemoryHeadStore implements HeadStore {

    private final FailureSwitch failures;
    private Head head = Head.EMPTY;

    /** A store whose changes may be made to fail. */
    public InMemoryHeadStore(FailureSwitch failures) {
        this.failures = failures;
    }

    @Override
    public Head read() {
        return head;
    }

    @Override
    public boolean compareAndSet(Head expected, Head next) throws IOException {
        if (!head.equals(expected)) {
            return false;
        }
        failures.around(() -> head = next);
        return true;
    }

    /** The disk with the head is gone. */
    public void lose() {
        head = Head.EMPTY;
    }

    @Override
    public void keep() {}

    @Override
    public void close() {}
}
