package aether.sandbox;

import java.time.Duration;

/**
 * How long simulated work takes.
 *
 * @param podReady from a pod's creation until it is ready
 * @param diskCopy how long the hypervisor copies a disk
 * @param boot from a machine's start until its guest is up
 * @param retry until something that failed or waits for something else is tried again
 */
public record SandboxTimings(Duration podReady, Duration diskCopy, Duration boot, Duration retry) {
    /** Long enough that a watcher sees every stage, short enough that a tenant is there within a second or two. */
    public static final SandboxTimings DEFAULT = new SandboxTimings(
            Duration.ofMillis(40), Duration.ofMillis(120), Duration.ofMillis(80), Duration.ofMillis(250));

    /** Everything at once, for tests. */
    public static final SandboxTimings IMMEDIATE =
            new SandboxTimings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(20));
}
