package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code kill -9} at random moments of quickstart, then the same command on the same data directory: it finishes, and
 * in the simulated world that survived nothing exists twice. The seed is printed; give it back with
 * {@code -Daether.kill.seed=N}.
 */
@Tag("slow")
class QuickstartKillTest {

    /** The issue asks for 20; each costs about twice a quickstart. */
    private static final int KILLS = Integer.getInteger("aether.kill.count", 20);

    /** A quickstart on a machine that does nothing else takes well under 20 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private enum Victim {
        THE_JVM_ALONE,
        POSTGRESQL_ALONE,
        EVERYTHING
    }

    @Test
    void finishesAndMakesNothingTwiceHoweverItIsKilled(@TempDir Path directory) throws Exception {
        long seed = Long.getLong("aether.kill.seed", new Random().nextLong());
        RandomGenerator random = new Random(seed);
        System.out.println("QuickstartKillTest: seed " + seed);
        long whole = undisturbed(directory.resolve("undisturbed")).toMillis();
        for (int kill = 0; kill < KILLS; kill++) {
            Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
            Duration moment = Duration.ofMillis(random.nextLong(whole));
            Path data = directory.resolve("kill-" + kill);
            round(data, victim, moment);
            System.out.printf(
                    "QuickstartKillTest: kill %d of %d, %s after %d ms of about %d: intact%n",
                    kill + 1, KILLS, victim, moment.toMillis(), whole);
        }
    }

    private static Duration undisturbed(Path data) throws Exception {
        long begun = System.nanoTime();
        finish(data);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        inspect(data);
        return took;
    }

    private static void round(Path data, Victim victim, Duration moment) throws Exception {
        Files.createDirectories(data);
        try (PlatformProcess first = quickstart(data)) {
            if (!first.ends(moment)) {
                switch (victim) {
                    case THE_JVM_ALONE -> first.killAlone();
                    case EVERYTHING -> first.killEverything();
                    case POSTGRESQL_ALONE -> {
                        first.killPostgres();
                        assertThat(first.ends(PATIENCE))
                                .as(
                                        "a killed PostgreSQL is started again and quickstart ends by itself:%n%s",
                                        first.printed())
                                .isTrue();
                    }
                }
            }
            first.ends(PATIENCE);
        }
        finish(data);
        inspect(data);
    }

    private static void finish(Path data) throws Exception {
        Files.createDirectories(data);
        try (PlatformProcess again = quickstart(data)) {
            assertThat(again.ends(PATIENCE))
                    .as("quickstart ends:%n%s", again.printed())
                    .isTrue();
            assertThat(again.exitCode())
                    .as("quickstart succeeds:%n%s", again.printed())
                    .isZero();
        }
    }

    private static PlatformProcess quickstart(Path data) throws Exception {
        return PlatformProcess.start(
                data.resolve("printed.txt"),
                data.resolve("config.yaml"),
                "quickstart",
                "--simulate",
                "--data-dir",
                data.toString(),
                "--port",
                "0");
    }

    private static void inspect(Path data) throws Exception {
        VerificationReport report =
                ArchiveVerifier.verify(data.resolve("archive"), Optional.of(data.resolve("audit.vkey")));
        assertThat(report.isIntact()).as(report.verdict()).isTrue();
        try (Sandbox world = Sandbox.start(SandboxSettings.in(data.resolve("world"), 0))) {
            JsonNode inventory = world.inventory();
            assertThat(inventory.path("doubles")).as(inventory.toPrettyString()).isEmpty();
            assertThat(inventory.path("vms").path("count").asInt())
                    .as("two workers and a load balancer: " + inventory.toPrettyString())
                    .isEqualTo(3);
        }
    }
}
