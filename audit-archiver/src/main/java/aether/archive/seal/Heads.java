package aether.archive.seal;

import java.io.IOException;

/** Where the head of a log is kept, and who may move it. */
public interface Heads {

    /**
     * Takes the right to move the head, and opens it. Called again and again by whoever stands by.
     *
     * @throws HeldByAnother when somebody else has the right
     * @throws IOException when the place does not answer
     */
    HeadStore open() throws IOException;
}
