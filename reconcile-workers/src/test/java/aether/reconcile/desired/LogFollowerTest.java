package aether.reconcile.desired;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterStatus;
import aether.embedded.postgres.TestPostgres;
import aether.format.JsonEventCodec;
import aether.reconcile.CommandServiceDouble;
import aether.reconcile.Tenant;
import aether.reconcile.loop.Backoff;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.ReaderSettings;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogFollowerTest {

    private static final RolePasswords PASSWORDS = new RolePasswords("a-secret", "r-secret", "s-secret");

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final DatabaseSettings owner = new DatabaseSettings(
            database.jdbcUrl(), database.owner().user(), database.owner().password());

    @Test
    void foldsTheLogFromItsStartTellsWhatChangedAndFollows() throws Exception {
        LogSchema.migrate(owner, PASSWORDS);
        DatabaseSettings reader = owner.as(LogSchema.READER, PASSWORDS.reader());
        LinkedBlockingQueue<WorkKey> changed = new LinkedBlockingQueue<>();
        DesiredWorld world = new DesiredWorld();
        try (CommandServiceDouble commands =
                        new CommandServiceDouble(owner.as(LogSchema.APPENDER, PASSWORDS.appender()), 0);
                LogSignal signal = LogSignal.open(reader);
                LogReader log = LogReader.open(ReaderSettings.of(reader), signal);
                LogFollower follower = new LogFollower(
                        log,
                        new JsonEventCodec(),
                        world,
                        changed::add,
                        new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), new Random(1)))) {
            commands.requestTenant(0);
            follower.start();
            WorkKey certificates = WorkKey.of(Tenant.CLUSTER).getFirst();
            assertThat(changed.take()).isEqualTo(certificates);
            assertThat(follower.isReady()).isTrue();
            assertThat(world.keys()).describedAs("nothing is wanted yet").isEmpty();

            changed.clear();
            var ignored = commands.decide(UUID.randomUUID(), new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
            while (!changed.take().equals(certificates)) {
                // the other subjects of the cluster
            }
            assertThat(world.cluster(Tenant.CLUSTER).orElseThrow().state().status())
                    .isEqualTo(ClusterStatus.DELETING);
        }
    }
}
