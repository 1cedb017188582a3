package aether.sandbox.kubelet;

/**
 * A container that has to come to its end before others begin, and ended badly.
 *
 * @param exitCode what its program ended with
 * @param words the last that it said
 */
public record FailedTask(String container, int exitCode, String words) {}
