package aether.reconcile.process;

/**
 * What a deadline carries until it passes.
 *
 * @param instance what the process is about
 * @param mark tells it from every other deadline of the process
 */
public record ProcessDeadline(String instance, long mark) {}
