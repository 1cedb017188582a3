package aether.sandbox;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.sandbox.certificates.CertManagerVersion;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox is started.
 *
 * @param dataDirectory where it remembers; one sandbox at a time
 * @param port on 127.0.0.1; 0 takes the port of the last start if it is free, or any
 * @param chance where uids, generated names and the token come from; give a {@link SecureRandom} outside of tests
 * @param timings how long simulated work takes
 * @param binaries what tenants' control planes are run with that ask for its version; without it all are simulated
 * @param certManager which cert-manager is played
 */
public record SandboxSettings(
        Path dataDirectory,
        int port,
        InstantSource clock,
        RandomGenerator chance,
        SandboxTimings timings,
        @Nullable KubernetesBinaries binaries,
        CertManagerVersion certManager) {
    private static final int PORT_MAX = 65_535;

    public SandboxSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("Expected a port from 0 to 65535, but got " + port);
        }
    }

    /** Everything is simulated. */
    public SandboxSettings(
            Path dataDirectory, int port, InstantSource clock, RandomGenerator chance, SandboxTimings timings) {
        this(dataDirectory, port, clock, chance, timings, null, CertManagerVersion.CURRENT);
    }

    /** Real time, real chance, default timings. */
    public static SandboxSettings in(Path dataDirectory, int port) {
        return new SandboxSettings(
                dataDirectory, port, InstantSource.system(), new SecureRandom(), SandboxTimings.DEFAULT);
    }

    /** The same, with control planes of the version of these binaries run as processes. */
    public SandboxSettings with(KubernetesBinaries found) {
        return new SandboxSettings(dataDirectory, port, clock, chance, timings, found, certManager);
    }

    /** The same with another cert-manager. */
    public SandboxSettings with(CertManagerVersion version) {
        return new SandboxSettings(dataDirectory, port, clock, chance, timings, binaries, version);
    }
}
