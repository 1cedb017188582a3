package aether.embedded.postgres;

import aether.embedded.process.Children;
import aether.embedded.process.StartFailure;
import aether.embedded.process.StartFailure.Reason;
import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the PostgreSQL programs as this user may run them. */
final class PostgresPrograms {

    private final PostgresBinaries binaries;
    private final List<String> asOrdinaryUser;

    private PostgresPrograms(PostgresBinaries binaries, List<String> asOrdinaryUser) {
        this.binaries = binaries;
        this.asOrdinaryUser = asOrdinaryUser;
    }

    static PostgresPrograms of(PostgresBinaries binaries) {
        return new PostgresPrograms(binaries, new UnixSystem().getUid() == 0 ? ownUserNamespace() : List.of());
    }

    /**
     * PostgreSQL refuses to run as root; in a user namespace without a mapping root is nobody, yet still owns its
     * files.
     */
    private static List<String> ownUserNamespace() {
        Path unshare = Children.onPath("unshare")
                .orElseThrow(
                        () -> new StartFailure(
                                Reason.UNSUPPORTED_MACHINE,
                                "Expected the program unshare to run PostgreSQL as root, but found none on the path; run as an ordinary user"));
        return List.of(unshare.toString(), "--user");
    }

    ProcessBuilder command(String program, List<String> arguments) {
        List<String> line = new ArrayList<>(asOrdinaryUser);
        line.add(binaries.program(program).toString());
        line.addAll(arguments);
        return prepared(line);
    }

    ProcessBuilder commandInOwnSession(String program, List<String> arguments) {
        List<String> line = new ArrayList<>(Children.ownSession());
        line.addAll(command(program, arguments).command());
        return prepared(line);
    }

    private static ProcessBuilder prepared(List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }
}
