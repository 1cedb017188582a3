package aether.embedded.postgres;

import aether.embedded.process.Obstacle;
import aether.embedded.process.StartFailure;
import aether.embedded.process.StartFailure.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The files of one PostgreSQL server below its directory. */
record DatabaseCluster(Path directory) {

    static final String OWNER = "aether";

    Path data() {
        return directory.resolve("data");
    }

    Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    Path portFile() {
        return directory.resolve("port");
    }

    Path logFile() {
        return directory.resolve("postgres.log");
    }

    /**
     * The owner, after making the data directory when there is none; a kill half way leaves nothing that looks
     * finished.
     */
    Owner prepared(PostgresPrograms programs) {
        try {
            OwnerPassword password = new OwnerPassword(directory.resolve("owner.password"));
            Owner owner = new Owner(OWNER, password.readOrCreate());
            if (!Files.isDirectory(data())) {
                Path unfinished = directory.resolve("data.unfinished");
                Directories.delete(unfinished);
                initialize(programs, unfinished, password.file());
                Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
            }
            return owner;
        } catch (IOException e) {
            throw Obstacle.of(e, directory);
        }
    }

    private void initialize(PostgresPrograms programs, Path target, Path passwordFile) throws IOException {
        Process initdb = programs.command(
                        "initdb",
                        List.of(
                                "--pgdata=" + target,
                                "--username=" + OWNER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--data-checksums"))
                .start();
        initdb.getOutputStream().close();
        String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (waitFor(initdb) == 0) {
            return;
        }
        if (said.contains("unshare") || said.contains("cannot be run as root")) {
            throw new StartFailure(
                    Reason.UNSUPPORTED_MACHINE,
                    "Expected to run PostgreSQL as root in a user namespace, but the system refused (%s); run as an ordinary user"
                            .formatted(said.strip()));
        }
        throw Obstacle.of("initdb", directory, logFile(), said);
    }

    private static int waitFor(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for process " + process.pid(), e);
        }
    }
}
