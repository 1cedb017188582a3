package aether.archive.seal;

import java.io.IOException;

/** Another process writes this log; that is well, and this one stands by. */
public final class HeldByAnother extends IOException {

    private static final long serialVersionUID = 1L;

    HeldByAnother(String message) {
        super(message);
    }
}
