package aether.reconcile.process;

import java.time.Duration;
import java.util.Optional;

/**
 * What a saga has to do after its commands were sent.
 *
 * @param memory what to keep
 * @param deadline how long until the deadline with the memory's mark, when one starts now
 * @param ended whether the process is over
 */
record ProcessStep<S extends Enum<S>, D>(ProcessMemory<S, D> memory, Optional<Duration> deadline, boolean ended) {}
