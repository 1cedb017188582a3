package aether.reconcile;

import aether.domain.kernel.DnsLabel;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.controlplane.ClusterTrust;
import aether.reconcile.controlplane.TenantApiAddress;
import aether.reconcile.hypervisor.HypervisorSettings;
import aether.reconcile.kube.KubeSettings;
import aether.reconcile.loop.LoopSettings;
import aether.reconcile.publicname.Aliases;
import aether.reconcile.publicname.DnsAliases;
import aether.reconcile.publicname.PublicNames;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.Images;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import aether.store.schema.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the workers have to be told; wrong values end the start with a sentence.
 *
 * @param node this process: another process has another name, and the same one keeps it over a restart, so that it
 *     takes up its own leases and tokens at once
 * @param database the event log and the tables beside it
 * @param commandService the service that decides; not needed where commands are sent in process
 * @param managementCluster the cluster that control planes run in; when absent, as kubectl finds it
 * @param hypervisor what makes machines
 * @param sandbox whether management cluster and hypervisor are the sandbox
 * @param images where images come from, and which bytes they are; when absent, from the container runtime's own default
 * @param etcd how tenants' etcds are looked after; when absent, not at all
 * @param konnectivity whether control planes reach nodes through tunnels that agents on nodes have opened; off where
 *     the management cluster has a route to them
 * @param platformNetworks from where workers and operators dial tenants' APIs
 * @param publicNames how tenants' APIs get names that everybody trusts; when absent, they get none
 * @param concurrency how many tenants' parts and machines are worked on at once
 * @param resync how often everything that does not rest is looked at although nothing seems to have changed
 * @param rest how long what is as it should be is left alone when no watch tells of a change
 * @param healthPort where {@code /healthz} answers when the workers are a process of their own
 */
@ConfigurationProperties("aether.workers")
public record ReconcileWorkersSettings(
        String node,
        Database database,
        @Nullable Remote commandService,
        @Nullable Remote managementCluster,
        Remote hypervisor,
        @DefaultValue("false") boolean sandbox,
        @Nullable ImageSource images,
        @Nullable Etcd etcd,
        @DefaultValue("true") boolean konnectivity,

        @DefaultValue({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"})
        List<String> platformNetworks,

        @Nullable PublicNaming publicNames,
        @DefaultValue("32") int concurrency,
        @DefaultValue("60s") Duration resync,
        @DefaultValue("10m") Duration rest,
        @DefaultValue("8082") int healthPort) {

    private static final int PORT_MAX = 65_535;

    public ReconcileWorkersSettings {
        required("aether.workers.node", node);
        required("aether.workers.database", database);
        required("aether.workers.hypervisor", hypervisor);
        if (!DnsLabel.isValid(node)) {
            throw new IllegalArgumentException("aether.workers.node: " + DnsLabel.expected(node));
        }
        if (healthPort < 0 || healthPort > PORT_MAX) {
            throw new IllegalArgumentException(
                    "Expected aether.workers.health-port from 0 to 65535, but got " + healthPort + ".");
        }
    }

    /**
     * The event log's database and the roles that workers have in it (law 1).
     *
     * @param url a {@code jdbc:postgresql:} URL without user or password
     * @param reader the role that reads the log
     * @param saga the role that keeps sagas, tokens, deadlines and leases
     */
    public record Database(String url, Login reader, Login saga) {
        public Database {
            required("aether.workers.database.url", url);
            required("aether.workers.database.reader", reader);
            required("aether.workers.database.saga", saga);
        }

        DatabaseSettings forReading() {
            return new DatabaseSettings(url, reader.user(), reader.password());
        }

        DatabaseSettings forSagas() {
            return new DatabaseSettings(url, saga.user(), saga.password());
        }
    }

    /** A role and its password. */
    public record Login(String user, @DefaultValue("") String password) {
        public Login {
            required("a user for each role in aether.workers.database", user);
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=[hidden]]";
        }
    }

    /**
     * Something outside that is spoken to over HTTP.
     *
     * @param url its address
     * @param tokenFile a file that holds a bearer token
     * @param caFile the authorities that its certificate is checked against, PEM; the system's when absent
     */
    public record Remote(
            URI url, @Nullable Path tokenFile, @Nullable Path caFile) {
        public Remote {
            required("a url for each remote of aether.workers", url);
        }

        /** The token; empty when none is needed. */
        String token() {
            return tokenFile == null ? "" : text(tokenFile).strip();
        }

        Optional<String> authority() {
            return Optional.ofNullable(caFile).map(Remote::text);
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new IllegalArgumentException("Expected to read " + file + ", but could not", e);
            }
        }
    }

    /** Which images may run. */
    public enum ByDigest {
        /** By digest where the table has one, by tag where it has none. */
        WHERE_KNOWN,
        /** None without a digest. */
        REQUIRED
    }

    /**
     * Where images come from, and which bytes they are.
     *
     * @param registry prefix of every image, with its slash; empty for the container runtime's own default
     * @param digests a file with an image as {@code name:tag} and its digest on each line; none when absent
     */
    public record ImageSource(
            @DefaultValue("") String registry,
            @Nullable Path digests,
            @DefaultValue("where-known") ByDigest byDigest) {

        Images images() {
            return new Images(registry, digests == null ? Map.of() : table(digests), byDigest == ByDigest.REQUIRED);
        }

        private static Map<String, String> table(Path file) {
            try {
                return Images.table(Files.readAllLines(file));
            } catch (IOException e) {
                throw new IllegalArgumentException("Expected to read " + file + ", but could not", e);
            }
        }
    }

    /**
     * How tenants' etcds are looked after.
     *
     * @param defragmentation five fields of cron; a minute of {@code H} is another one for each cluster
     * @param quotaBytes how much each may hold
     * @param metricsNamespace whose pods may read etcd's metrics
     * @param snapshots where snapshots go; none are taken when absent
     */
    public record Etcd(
            @DefaultValue("H 3 * * 6") String defragmentation,
            @DefaultValue("2147483648") long quotaBytes,
            @DefaultValue("monitoring") String metricsNamespace,
            @Nullable Snapshots snapshots) {

        EtcdUpkeep upkeep() {
            return new EtcdUpkeep(
                    new Schedule(defragmentation),
                    quotaBytes,
                    metricsNamespace,
                    snapshots == null ? null : snapshots.store());
        }
    }

    /** Where snapshots of tenants' etcds go; see {@link SnapshotStore}. */
    public record Snapshots(
            @DefaultValue("H */6 * * *") String schedule,
            String image,
            String destination,
            Map<String, String> remote,
            @DefaultValue("snapshot-store") String credentialSecret,
            List<String> networks,
            @DefaultValue("443") int port) {
        public Snapshots {
            required("aether.workers.etcd.snapshots.image", image);
            required("aether.workers.etcd.snapshots.destination", destination);
            required("aether.workers.etcd.snapshots.remote", remote);
            required("aether.workers.etcd.snapshots.networks", networks);
        }

        SnapshotStore store() {
            return new SnapshotStore(
                    new Schedule(schedule), image, destination, remote, credentialSecret, networks, port);
        }
    }

    @Nullable
    PublicNames names() {
        PublicNaming asked = publicNames;
        return asked == null ? null : asked.names();
    }

    Aliases aliases() {
        PublicNaming asked = publicNames;
        return new DnsAliases(asked == null ? "" : asked.resolver());
    }

    KubeSettings kube() {
        Remote cluster = managementCluster;
        return cluster == null
                ? new KubeSettings(Optional.empty(), Optional.empty(), Optional.empty())
                : new KubeSettings(
                        Optional.of(cluster.url().toString()),
                        Optional.of(cluster.token()).filter(token -> !token.isEmpty()),
                        cluster.authority());
    }

    HypervisorSettings machines() {
        return new HypervisorSettings(hypervisor.url(), hypervisor.token());
    }

    RenderingOptions rendering() {
        RenderingOptions site = sandbox
                ? RenderingOptions.sandboxed("", TenantCertificate.APISERVER, ClusterTrust.NAME)
                : new RenderingOptions("", Map.of());
        ImageSource source = images;
        RenderingOptions reached = site.dialling(platformNetworks);
        RenderingOptions reaching = konnectivity ? reached : reached.withoutKonnectivity();
        RenderingOptions supplied = source == null ? reaching : reaching.with(source.images());
        Etcd asked = etcd;
        return asked == null ? supplied : supplied.with(asked.upkeep());
    }

    TenantApiAddress addresses() {
        return sandbox ? TenantApiAddress.annotated(TenantApiAddress.SANDBOX_ANNOTATION) : TenantApiAddress.published();
    }

    LoopSettings loop() {
        return new LoopSettings(concurrency, resync, LoopSettings.DEFAULT.stopWithin(), rest);
    }

    private static void required(String what, @Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            throw new IllegalArgumentException("Expected " + what + ", but it is missing.");
        }
    }
}
