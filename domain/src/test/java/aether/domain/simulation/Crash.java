package aether.domain.simulation;

/** The process died: what it had not kept is forgotten, what it had sent is not. */
final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("died", null, false, false);
    }
}
