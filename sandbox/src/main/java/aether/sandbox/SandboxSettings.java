package aether.sandbox;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How a sandbox is started.
 *
 * @param dataDirectory where it remembers; one sandbox at a time
 * @param port on 127.0.0.1; 0 takes the port of the last start if it is free, or any
 * @param chance where uids, generated names and the token come from; give a {@link SecureRandom} outside of tests
 * @param timings how long simulated work takes
 */
public record SandboxSettings(
        Path dataDirectory, int port, InstantSource clock, RandomGenerator chance, SandboxTimings timings) {
    private static final int PORT_MAX = 65_535;

    public SandboxSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("Expected a port from 0 to 65535, but got " + port);
        }
    }

    /** Real time, real chance, default timings. */
    public static SandboxSettings in(Path dataDirectory, int port) {
        return new SandboxSettings(
                dataDirectory, port, InstantSource.system(), new SecureRandom(), SandboxTimings.DEFAULT);
    }
}
