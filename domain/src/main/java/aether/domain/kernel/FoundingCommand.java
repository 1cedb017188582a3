package aether.domain.kernel;

/**
 * A command whose stream is empty when all is usual. It may be decided on the empty state before anybody has looked:
 * the log takes the first event of a stream once only, and what it refuses is decided again on what is there.
 */
public interface FoundingCommand extends Command {}
