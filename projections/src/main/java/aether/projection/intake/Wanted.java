package aether.projection.intake;

/** Where a consumer says which position it wants next, so that the door goes back to it. */
interface Wanted {

    /** States the position; answers whether it was said. */
    boolean state(long nextWanted);
}
