package aether.standalone.platform;

import aether.command.access.Identity;
import aether.command.access.TokenFile;
import aether.command.access.Tokens;
import aether.store.schema.RolePasswords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Passwords of the database roles and the administrator's token: made at the first start, kept in files of mode 0600,
 * read again at every later one.
 *
 * @param roles the passwords of the log's roles
 * @param views the password of the projections' role
 */
record RoleSecrets(RolePasswords roles, String views) {

    private static final int PASSWORD_BYTES = 24;

    /** Reads what is there and makes what is not. */
    static RoleSecrets in(DataDirectory directory, SecureRandom random) throws IOException {
        RoleSecrets secrets = new RoleSecrets(
                new RolePasswords(
                        password(directory, "appender", random),
                        password(directory, "reader", random),
                        password(directory, "saga", random)),
                password(directory, "views", random));
        String administrator = token(directory.administratorToken(), random);
        Tokens.writeTokenFile(
                directory.tokenFile(),
                List.of(TokenFile.Line.of(Identity.of("administrator", Identity.Kind.PLATFORM), administrator)));
        return secrets;
    }

    private static String password(DataDirectory directory, String role, SecureRandom random) throws IOException {
        Path file = directory.secrets().resolve(role + ".password");
        if (!Files.exists(file)) {
            byte[] secret = new byte[PASSWORD_BYTES];
            random.nextBytes(secret);
            Tokens.writeSecret(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file).strip();
    }

    private static String token(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            Tokens.writeSecret(file, Tokens.generate(random));
        }
        return Files.readString(file).strip();
    }

    @Override
    public String toString() {
        return "RoleSecrets[hidden]";
    }
}
