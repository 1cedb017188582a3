package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.stamp.StampSettings;
import aether.archive.stamp.Stamper;
import aether.archive.stamp.TestAuthority;
import aether.archive.stamp.TestTsa;
import aether.archive.stamp.Timestamps;
import aether.archive.stamp.TrustedAuthorities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed, stamped over HTTP, and then verified by a stranger, whatever was done to it in between. */
class StampCheckTest {

    private static final TestAuthority AUTHORITY = TestAuthority.named("Test Time");
    private static final TrustedAuthorities TRUSTED = AUTHORITY.above();
    private static final String OBJECT = Timestamps.key(30);
    private static final String CHECKPOINT = "checkpoints/00000000000000000030";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SealWorld world = new SealWorld();

    @BeforeEach
    void sealAndStamp() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 30));
        sealer.seal(SealWorld.offsets(30));
        try (TestTsa tsa = new TestTsa(AUTHORITY, () -> SealWorld.START.plusSeconds(60));
                Stamper stamper = Stamper.overHttp(
                        new StampSettings(List.of(tsa.uri()), TRUSTED, StampSettings.HOURLY),
                        () -> SealWorld.START.plusSeconds(61),
                        System::nanoTime,
                        new Random(1))) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (world.worm.get(OBJECT).isEmpty()) {
                assertThat(System.nanoTime()).as(stamper.report()).isLessThan(end);
                stamper.step(world.worm, sealer.sealedSize());
                Thread.onSpinWait();
            }
        }
    }

    private VerificationReport verify(VerificationLevel level, TrustedAuthorities trusted) throws IOException {
        return ArchiveVerifier.verify(
                world.reader(),
                new VerificationRequest(
                                level,
                                SealWorld.SIGNER.verifierKey(),
                                List.of(),
                                2,
                                VerificationRequest.Progress.SILENT)
                        .believing(trusted));
    }

    @Test
    void findsNothingWrongInWhatTheStamperMade() throws IOException {
        VerificationReport report = verify(VerificationLevel.DOMAIN, TRUSTED);

        assertThat(report.sentences()).isEmpty();
        assertThat(report.remarks())
                .containsExactly("1 timestamps, by authorities you believe; the newest, " + OBJECT
                        + ", is of 2026-11-24T00:01:00Z by CN=Test Time.");
    }

    @Test
    void namesTheTimestampInWhichAnyOneByteWasChanged() throws IOException {
        byte[] object = world.worm.get(OBJECT).orElseThrow();
        for (int at = 0; at < object.length; at++) {
            byte[] flipped = object.clone();
            flipped[at] ^= 1;
            world.worm.tamper(OBJECT, flipped);

            assertThat(verify(VerificationLevel.LOCKS, TRUSTED).findings())
                    .as("byte %d", at)
                    .isNotEmpty()
                    .extracting(Finding::object)
                    .containsOnly(OBJECT);
        }
    }

    @Test
    void findsAtTheFirstLevelThatATimestampIsOfSomethingElse() throws IOException {
        byte[] note = world.worm.get(CHECKPOINT).orElseThrow();
        world.worm.tamper(
                CHECKPOINT, (new String(note, UTF_8) + "— witness.example/w lpmAzwAAAABpVbkA\n").getBytes(UTF_8));

        assertThat(verify(VerificationLevel.SIGNATURES, TRUSTED).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.object()).isEqualTo(OBJECT);
                    assertThat(finding.level()).isEqualTo(VerificationLevel.SIGNATURES);
                    assertThat(finding.sentence()).contains("but it is of something else");
                });
    }

    @Test
    void findsATimestampWithoutItsCheckpointAndOneUnderNoName() throws IOException {
        byte[] object = world.worm.get(OBJECT).orElseThrow();
        world.worm.put(Timestamps.key(31), object, SealWorld.START.plus(SealSettings.DEFAULTS.retention()));
        world.worm.tamper("timestamps/latest", object);

        assertThat(verify(VerificationLevel.SIGNATURES, TRUSTED).sentences())
                .containsExactlyInAnyOrder(
                        "Expected checkpoints/00000000000000000031, which timestamps/00000000000000000031.tsr is about,"
                                + " but it is missing.",
                        "Expected timestamps named by a size, such as timestamps/00000000000000000001.tsr, but "
                                + "timestamps/latest is not.");
    }

    @Test
    void refusesTheTimestampsOfAnAuthorityThatTheReaderDoesNotBelieve() throws IOException {
        VerificationReport report = verify(
                VerificationLevel.SIGNATURES, TestAuthority.named("Test Time").above());

        assertThat(report.sentences())
                .singleElement()
                .asString()
                .startsWith("The timestamp " + OBJECT + " is worth nothing. Expected one of the trusted certificates");
        assertThat(report.remarks())
                .containsExactly("There is no timestamp that the authorities you brought vouch for.");
    }

    @Test
    void opensslAgrees(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(
                List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl"))),
                "OpenSSL is not installed: nobody else checks a timestamp");
        Files.write(directory.resolve("checkpoint"), world.worm.get(CHECKPOINT).orElseThrow());
        Files.write(directory.resolve("token.tsr"), world.worm.get(OBJECT).orElseThrow());
        Files.writeString(directory.resolve("tsa.pem"), AUTHORITY.pem());
        Process openssl = new ProcessBuilder(
                        "openssl", "ts", "-verify", "-data", "checkpoint", "-in", "token.tsr", "-CAfile", "tsa.pem")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        openssl.getOutputStream().close();
        String said = new String(openssl.getInputStream().readAllBytes(), UTF_8);

        assertThat(openssl.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("Verification: OK");
    }
}
