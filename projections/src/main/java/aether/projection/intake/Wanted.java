package aether.projection.intake;

/** Where a consumer says which position it wants next. */
interface Wanted {

    /**
     * States the position, for the door to begin at when it starts; answers whether it was said.
     *
     * @param again whether the door should go back to it now
     */
    boolean state(long nextWanted, boolean again);
}
