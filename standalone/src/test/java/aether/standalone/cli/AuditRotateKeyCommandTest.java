package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRotateKeyCommandTest {

    @TempDir
    private Path directory;

    private TypedCommands aether;

    @BeforeEach
    void archive() throws IOException {
        aether = new TypedCommands(directory, () -> Instant.parse("2026-11-30T12:00:00Z"));
        aether.grow(10);
        aether.keepKey("first");
    }

    @Test
    void whoeverHasTheFirstKeyGoesOnWithIt() throws IOException {
        assertThat(aether.run("prove", "--index", "3", "--out", aether.path("before.tlog-proof")))
                .isZero();
        String old = aether.signer().verifierKey().idHex();

        assertThat(rotate("--reason", "scheduled", "--reference", "case-18"))
                .as(aether.err())
                .isZero();

        assertThat(aether.out())
                .contains("The log audit.test/log is signed with a new key from size 10 on:")
                .contains(aether.signer().verifierKey().vkey())
                .contains("The old key " + old + " is gone. Both have signed keys/1.statement.");
        aether.grow(20);
        assertThat(aether.run("verify", "--key", aether.path("first.vkey")))
                .as(aether.out())
                .isZero();
        assertThat(aether.out())
                .contains("Verified with the key you brought.", "note:  The log's key changed at size 10 on");
        assertThat(aether.run(
                        "watch",
                        "--key",
                        aether.path("first.vkey"),
                        "--name",
                        "w1",
                        "--state",
                        aether.path("witness"),
                        "--once"))
                .isZero();
        assertThat(aether.out()).contains("New key: audit.test/log is signed with", "grew from 10 to 20 entries");
    }

    @Test
    void aProofIsCheckedThroughTheStatement() throws IOException {
        aether.run("prove", "--index", "3", "--out", aether.path("before.tlog-proof"));
        rotate("--reason", "scheduled");
        aether.grow(20);
        aether.run(
                "prove", "--index", "13", "--out", aether.path("after.tlog-proof"), "--key", aether.path("first.vkey"));
        aether.keepKey("second");
        String statement = aether.path("archive/keys/1.statement");

        assertThat(aether.check("before", "first")).isZero();
        assertThat(aether.check("after", "second")).isZero();
        assertThat(aether.check("before", "second")).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.check("after", "first")).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Not proved: The checkpoint in the proof has no valid signature of");
        assertThat(aether.check("before", "second", "--statement", statement)).isZero();
        assertThat(aether.check("after", "first", "--statement", statement)).isZero();
        assertThat(aether.check("after", "first", "--statement", aether.path("first.vkey")))
                .isEqualTo(ExitCodes.FAILED);
    }

    /** The entry comes after the deed, and nobody could take the deed back. */
    @Test
    void whatTheEventLogWouldRefuseAfterwardsIsRefusedBefore() throws IOException {
        String key = aether.signer().verifierKey().vkey();

        assertThat(rotate("--reason", "exposed", "--reference", "l\u00e4rm")).isEqualTo(ExitCodes.FAILED);

        assertThat(aether.err()).contains("Expected the number of a case, with a digit", "but got 4 other characters.");
        assertThat(aether.signer().verifierKey().vkey()).isEqualTo(key);
        assertThat(directory.resolve("state/audit.key.next")).doesNotExist();
    }

    @Test
    void saysWhyItDoesNot() {
        assertThat(rotate("--reason", "because")).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Expected one of the reasons scheduled, exposed");
        assertThat(rotate()).isEqualTo(ExitCodes.USAGE);
        assertThat(rotate("--reason", "scheduled", "--prepare")).isZero();
        assertThat(aether.out()).contains("The next key waits in " + aether.path("state/audit.key.next"));
        assertThat(rotate("--reason", "scheduled", "--prepare")).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Expected no next key yet");
        assertThat(rotate("--reason", "scheduled")).isZero();
        assertThat(rotate("--reason", "exposed")).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Expected a log whose key has signed something");
    }

    private int rotate(String... arguments) {
        return aether.change("rotate-key", arguments);
    }
}
