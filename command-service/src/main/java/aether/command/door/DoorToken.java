package aether.command.door;

/** The place where the door keeps how far it has come; whoever holds it is the only publisher. */
interface DoorToken extends AutoCloseable {

    /**
     * Takes the door, or keeps it.
     *
     * @return false when another process holds it
     * @throws DoorException when it cannot be asked
     */
    boolean take();

    /**
     * The next position to publish.
     *
     * @throws DoorException when it cannot be read
     */
    long next();

    /**
     * Moves on; only whoever holds the door can.
     *
     * @throws DoorException when the door was lost, or cannot be moved
     */
    void move(long next);

    /** Gives the door to others. */
    @Override
    void close();
}
