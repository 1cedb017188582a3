package aether.command.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.kernel.Command;
import aether.format.CommandTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final Identity ADMIN = Identity.of("admin", Identity.Kind.PLATFORM);

    private static final Identity ACME = Identity.ofOrganization("acme-ci", "acme");

    @TempDir
    Path directory = Path.of("");

    private final SecureRandom random = new SecureRandom();

    @Test
    void knowsWhoseATokenIsAndKeepsOnlyItsHash() throws IOException {
        Path file = directory.resolve("tokens");
        String admin = Tokens.generate(random);
        String acme = Tokens.generate(random);
        Tokens.writeTokenFile(file, List.of(TokenFile.Line.of(ADMIN, admin), TokenFile.Line.of(ACME, acme)));

        Identities identities = Identities.of(file);

        assertThat(identities.whose(admin)).contains(ADMIN);
        assertThat(identities.whose(acme)).contains(ACME);
        assertThat(identities.whose(Tokens.generate(random))).isEmpty();
        assertThat(identities.whose("")).isEmpty();
        assertThat(identities.whose("aether_" + "a".repeat(10_000))).isEmpty();
        assertThat(Files.readString(file)).doesNotContain(admin).doesNotContain(acme);
        assertThat(admin).matches("aether_[0-9a-f]{64}");
    }

    @Test
    void writesSecretsForTheOwnerOnly() throws IOException {
        Path file = directory.resolve("admin-token");
        Tokens.writeSecret(file, "aether_1");
        Tokens.writeSecret(file, "aether_2");

        assertThat(Files.readString(file)).isEqualTo("aether_2\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("admin-token");
    }

    @Test
    void readsTheFileAgainWhenItChangesAndKeepsTheLastGoodOne() throws IOException {
        Path file = directory.resolve("tokens");
        String token = Tokens.generate(random);
        Tokens.writeTokenFile(file, List.of(TokenFile.Line.of(ADMIN, token)));
        Identities identities = Identities.of(file);
        String next = Tokens.generate(random);

        Tokens.writeTokenFile(file, List.of(TokenFile.Line.of(ADMIN, next)));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(identities.whose(token)).isEmpty();
        assertThat(identities.whose(next)).contains(ADMIN);

        Files.writeString(file, "not json");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));
        assertThat(identities.whose(next)).contains(ADMIN);
    }

    @Test
    void refusesAFileThatIsNotOneNamingTheLine() throws IOException {
        Path file = directory.resolve("tokens");
        for (String line : List.of(
                "nonsense",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"kind\":\"king\",\"sha256\":\"" + "0".repeat(64) + "\"}",
                "{\"name\":\"a\",\"kind\":\"platform\",\"sha256\":\"00\"}",
                "{\"name\":\"a\",\"kind\":\"organization\",\"sha256\":\"" + "0".repeat(64) + "\"}",
                "{\"name\":\"a\",\"kind\":\"platform\",\"colour\":\"red\",\"sha256\":\"" + "0".repeat(64) + "\"}")) {
            Files.writeString(file, "# a comment\n\n" + line + "\n");
            assertThatThrownBy(() -> Identities.of(file))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line 3");
        }
    }

    @Test
    void printsNoHash() {
        assertThat(TokenFile.Line.of(ADMIN, "aether_x").toString())
                .contains("[hidden]")
                .doesNotContain(Tokens.sha256("aether_x"));
    }

    @Test
    void letsABurstThroughAndThenAHundredPerMinute() {
        AtomicLong now = new AtomicLong();
        RateLimit limit = new RateLimit(now::get);

        for (int i = 0; i < RateLimit.BURST; i++) {
            assertThat(limit.take(ACME)).isTrue();
        }
        assertThat(limit.take(ACME)).isFalse();
        int taken = 0;
        for (int second = 0; second < 60; second++) {
            now.addAndGet(1_000_000_000L);
            while (limit.take(ACME)) {
                taken++;
            }
        }
        assertThat(taken).isBetween(RateLimit.PER_MINUTE - 1, RateLimit.PER_MINUTE);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.take(ADMIN)).isTrue();
        }
    }

    @Test
    void nobodyButWorkersAndArchiverSendsCommandsPastTheCustomersApi() throws Exception {
        for (CommandTypes.Row row : CommandTypes.ROWS) {
            Command command = any(row.command());
            assertThat(Permissions.maySend(ADMIN, command)).as(row.name()).isFalse();
            assertThat(Permissions.maySend(ACME, command)).as(row.name()).isFalse();
            boolean customers = List.of(
                            "organization.register",
                            "organization.rename",
                            "organization.set-billing-contact",
                            "organization.remove-billing-contact",
                            "organization.request-cluster",
                            "region.open",
                            "cluster.hand-over",
                            "cluster.pause",
                            "cluster.resume",
                            "cluster.hibernate",
                            "cluster.wake",
                            "cluster.set-maintenance-windows",
                            "cluster.ask-for-work",
                            "cluster.do-work-now",
                            "cluster.drop-planned-work",
                            "cluster.set-authorized-cidrs",
                            "cluster.set-api-names",
                            "cluster.configure-control-plane",
                            "cluster.abandon-upgrade",
                            "cluster.record-credential-issued",
                            "cluster.set-public-domain",
                            "cluster.rotate-authority",
                            "cluster.complete-authority-rotation",
                            "cluster.rotate-key",
                            "cluster.complete-key-rotation",
                            "cluster.upgrade",
                            "cluster.request-node-pool",
                            "cluster.delete",
                            "node-pool.scale")
                    .contains(row.name());
            assertThat(Permissions.maySend(Identity.of("w", Identity.Kind.WORKER), command))
                    .as(row.name())
                    .isEqualTo(!customers
                            && !row.name().startsWith("audit.")
                            && !row.name().startsWith("archive.")
                            && !row.name().startsWith("export.")
                            && !row.name().startsWith("subject."));
            assertThat(Permissions.maySend(Identity.of("a", Identity.Kind.ARCHIVER), command))
                    .as(row.name())
                    .isEqualTo(List.of(
                                    "archive.record-probe",
                                    "archive.record-heartbeat",
                                    "archive.record-reconciliation",
                                    "archive.record-verification",
                                    "archive.record-key-change",
                                    "archive.record-witness-refusal",
                                    "archive.record-witness-agreement")
                            .contains(row.name()));
        }
    }

    /** A command of a class with nothing in it: permissions look at the class only. */
    private static Command any(Class<? extends Command> type) throws Exception {
        var parts = type.getRecordComponents();
        Object[] values = new Object[parts.length];
        Class<?>[] types = new Class<?>[parts.length];
        for (int i = 0; i < parts.length; i++) {
            types[i] = parts[i].getType();
            if (types[i] == int.class) {
                values[i] = 0;
            } else if (types[i] == long.class) {
                values[i] = 0L;
            } else if (types[i] == boolean.class) {
                values[i] = false;
            } else if (types[i] == List.class) {
                values[i] = List.of();
            }
        }
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }
}
