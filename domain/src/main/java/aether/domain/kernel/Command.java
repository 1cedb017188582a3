package aether.domain.kernel;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Something that may be asked; every command family of the domain is one of these. */
public interface Command {

    /** The stream whose state decides the command. */
    @TargetAggregateIdentifier
    String stream();
}
