package aether.standalone.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a standalone platform keeps everything; the second start on the same directory continues where the first was.
 *
 * @param root the directory itself
 */
public record DataDirectory(Path root) {

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Creates the directory, readable by its owner only. */
    void create() throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(secrets());
        Files.setPosixFilePermissions(secrets(), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(logs());
    }

    /** The event log, views, sagas and deadlines. */
    Path postgres() {
        return root.resolve("postgres");
    }

    /** The topics. */
    Path kafka() {
        return root.resolve("kafka");
    }

    /** The simulated outside world. */
    Path world() {
        return root.resolve("world");
    }

    /** Which Kubernetes version the first quickstart here asked for; later ones ask for the same. */
    public Path quickstartVersion() {
        return root.resolve("quickstart-version");
    }

    /** The audit archive: what {@code aether audit verify} is given. */
    public Path archive() {
        return root.resolve("archive");
    }

    /** The archiver's key and head; outside the archive on purpose. */
    Path archiveState() {
        return secrets().resolve("archive");
    }

    /** Exports that were asked for through the API, until they expire. */
    Path exports() {
        return root.resolve("exports");
    }

    /** What the command service shows to whoever makes exports. */
    Path exportToken() {
        return secrets().resolve("exports.token");
    }

    /** The verifier key that the operator keeps apart from the archive. */
    public Path auditKey() {
        return root.resolve("audit.vkey");
    }

    /** The copy of the log's ML-DSA-44 public key, where the log has one. */
    public Path secondAuditKey() {
        return root.resolve("audit.ml-dsa-44.vkey");
    }

    /** Passwords, tokens and keys. */
    Path secrets() {
        return root.resolve("secrets");
    }

    /** Hashes of the tokens that may call. */
    Path tokenFile() {
        return secrets().resolve("tokens.jsonl");
    }

    /** What wraps the data subjects' keys; outside the database and the archive on purpose. */
    Path masterKey() {
        return secrets().resolve("subject-keys.kek");
    }

    /** The administrator's token. */
    public Path administratorToken() {
        return secrets().resolve("administrator.token");
    }

    /** What the platform writes about itself. */
    Path logs() {
        return root.resolve("logs");
    }

    /** The log of the platform's own process. */
    public Path log() {
        return logs().resolve("aether.log");
    }
}
