package aether.archive.seal;

import java.io.IOException;

/** The log is signed with a key that this process does not have; it may be tried again when that key is there. */
public final class MissingKey extends IOException {

    private static final long serialVersionUID = 1L;

    MissingKey(String message) {
        super(message);
    }
}
