package aether.sandbox.processes;

import aether.sandbox.kubelet.FailedTask;

/** A container that had to come to its end ended badly. */
final class TaskFailedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final transient FailedTask task;

    TaskFailedException(String pod, FailedTask task) {
        super("Expected %s of %s to do its work, but it ended with %d: %s"
                .formatted(task.container(), pod, task.exitCode(), task.words()));
        this.task = task;
    }

    FailedTask task() {
        return task;
    }
}
