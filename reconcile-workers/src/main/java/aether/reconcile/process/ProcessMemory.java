package aether.reconcile.process;

import aether.domain.process.Progress;

/**
 * What a saga keeps between two triggers.
 *
 * @param stopped why the saga stands still until somebody looks at it; empty while all is well
 */
record ProcessMemory<S extends Enum<S>, D>(Progress<S, D> progress, String stopped) {

    static <S extends Enum<S>, D> ProcessMemory<S, D> none() {
        return new ProcessMemory<S, D>(Progress.<S, D>none(), "");
    }

    boolean isStopped() {
        return !stopped.isEmpty();
    }
}
