package aether.reconcile.doubles;

/** The process died here, as told. */
public final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super(where);
    }
}
