package aether.reconcile.process;

import aether.reconcile.report.CommandPort;
import org.axonframework.deadline.DeadlineManager;

/** What a saga needs to act and does not keep. */
record SagaEquipment(CommandPort commands, DeadlineManager deadlines, StoppedProcesses stopped) {}
