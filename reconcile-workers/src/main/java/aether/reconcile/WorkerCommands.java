package aether.reconcile;

import aether.reconcile.report.CommandPort;

/**
 * How sagas and workers of this process reach the command service. A composition root gives it: over HTTP, or in
 * process.
 */
public record WorkerCommands(CommandPort port) {}
