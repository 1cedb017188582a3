package aether.archive.seal;

import java.io.IOException;

/** Keeps the head. Comparing before setting is what makes two writers unable to sign two trees. */
public interface HeadStore extends AutoCloseable {

    /** The head, {@link Head#EMPTY} when none was ever set. */
    Head read() throws IOException;

    /**
     * Sets the head if it still is what the caller believes; an {@link IOException} leaves the outcome open.
     *
     * @return false when it is something else
     */
    boolean compareAndSet(Head expected, Head next) throws IOException;

    /**
     * Says that this process lives and still holds the head; called before whatever others could see.
     *
     * @throws HeldByAnother when somebody took over
     */
    void keep() throws IOException;

    @Override
    void close() throws IOException;
}
