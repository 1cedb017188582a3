package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import aether.embedded.process.Port;
import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole process: Spring, Axon, a real PostgreSQL, the sandbox, commands over HTTP; each of them away for a while.
 */
@Tag("slow")
class ReconcileWorkersApplicationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final RolePasswords PASSWORDS = new RolePasswords("a-secret", "r-secret", "s-secret");

    @TempDir
    Path directory;

    @Test
    void resumesByItselfWhateverWasAway() throws Exception {
        int commandPort = Port.unused();
        int sandboxPort = Port.unused();
        sandbox(sandboxPort).close(); // makes its token
        try (LocalPostgres postgres = LocalPostgres.start(
                PostgresSettings.in(directory.resolve("postgres")).unsupervised())) {
            DatabaseSettings owner = new DatabaseSettings(
                    postgres.jdbcUrl("postgres"),
                    postgres.owner().user(),
                    postgres.owner().password());
            LogSchema.migrate(owner, PASSWORDS);
            try (CommandServiceDouble commands =
                    new CommandServiceDouble(owner.as(LogSchema.APPENDER, PASSWORDS.appender()), commandPort)) {
                // Neither the sandbox nor the command service is there yet.
                Path token = directory.resolve("token");
                Files.writeString(token, CommandServiceDouble.TOKEN);
                ConfigurableApplicationContext workers = start(owner, commandPort, sandboxPort, token);
                commands.requestTenant(1);
                Thread.sleep(300);
                commands.open();
                try (Sandbox sandbox = sandbox(sandboxPort)) {
                    await(() -> state(commands).wanted().contains(ClusterState.Wanted.CERTIFICATES));
                    postgres.stop();
                    Thread.sleep(500);
                    postgres.restart();
                    await(() -> state(commands).status() == ClusterStatus.RUNNING);
                    assertThat(workers.getBean(WorkersHealth.class).report().stopped())
                            .isEmpty();
                    workers.close();

                    commands.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
                    ConfigurableApplicationContext again = start(owner, commandPort, sandboxPort, token);
                    commands.shut();
                    Thread.sleep(300);
                    commands.open();
                    await(() -> state(commands).status() == ClusterStatus.DELETED);
                    assertThat(sandbox.inventory().path("doubles").size()).isZero();
                    assertThat(sandbox.inventory().path("vms").path("count").asInt())
                            .isZero();
                    again.close();
                }
            }
        }
    }

    private Sandbox sandbox(int port) throws IOException {
        return Sandbox.start(new SandboxSettings(
                directory.resolve("sandbox"), port, InstantSource.system(), new Random(5), SandboxTimings.IMMEDIATE));
    }

    private static ClusterState state(CommandServiceDouble commands) {
        return commands.read(log -> log.cluster(Tenant.CLUSTER.stream()));
    }

    private ConfigurableApplicationContext start(DatabaseSettings owner, int commandPort, int sandboxPort, Path token) {
        String sandbox = "http://127.0.0.1:" + sandboxPort;
        Path sandboxToken = directory.resolve("sandbox").resolve("token");
        return ReconcileWorkersApplication.application()
                .run(
                        "--aether.workers.node=workers-1",
                        "--aether.workers.database.url=" + owner.url(),
                        "--aether.workers.database.reader.user=" + LogSchema.READER,
                        "--aether.workers.database.reader.password=" + PASSWORDS.reader(),
                        "--aether.workers.database.saga.user=" + LogSchema.SAGA,
                        "--aether.workers.database.saga.password=" + PASSWORDS.saga(),
                        "--aether.workers.command-service.url=http://127.0.0.1:" + commandPort,
                        "--aether.workers.command-service.token-file=" + token,
                        "--aether.workers.management-cluster.url=" + sandbox,
                        "--aether.workers.management-cluster.token-file=" + sandboxToken,
                        "--aether.workers.hypervisor.url=" + sandbox + "/hypervisor",
                        "--aether.workers.hypervisor.token-file=" + sandboxToken,
                        "--aether.workers.sandbox=true",
                        "--aether.workers.health-port=0");
    }

    private static void await(BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).describedAs("patience").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
