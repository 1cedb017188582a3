package aether.domain.process;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;

/** What can move a process. */
public sealed interface Trigger {

    /** An event of the log. */
    record Happened(DomainEvent event) implements Trigger {}

    /**
     * A deadline passed.
     *
     * @param mark what tells it from every other deadline of the process; after a later move it is a late one
     */
    record DeadlinePassed(long mark) implements Trigger {}

    /**
     * A command that the process sent was refused.
     *
     * @param code the machine-readable reason
     */
    record CommandRefused(Command command, String code, String message) implements Trigger {}
}
