package aether.command.dispatch;

import aether.domain.kernel.Outcome;

/**
 * What became of a command.
 *
 * @param outcome accepted or refused
 * @param position a view that has seen this position shows what the answer rests on; -1 when the log is empty
 */
public record Dispatched(Outcome outcome, long position) {}
