package aether.standalone.platform;

import aether.archive.Archiver;
import aether.archive.ArchiverSettings;
import aether.archive.ArchiverStatus;
import aether.archive.ExportService;
import aether.archive.StatusServer;
import aether.archive.cosign.CosignSettings;
import aether.archive.jobs.ExportJobSettings;
import aether.command.access.Tokens;
import aether.command.exports.ArchiverLink;
import aether.command.reconciliation.LogHolding;
import aether.command.reports.ServiceCommands;
import aether.command.streams.Streams;
import aether.command.strict.StrictSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kafka.KafkaProcess;
import aether.embedded.kafka.KafkaSettings;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import aether.embedded.process.DirectoryLock;
import aether.embedded.process.Port;
import aether.embedded.process.StartFailure;
import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.standalone.show.Stages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole platform in this process: started in order, described by what started, closed in the reverse order. */
public final class Platform implements AutoCloseable {

    private static final String POSTGRESQL = "PostgreSQL";
    private static final String KAFKA = "Kafka";
    private static final String WORLD = "simulated world";
    private static final String SERVICES = "services";
    private static final String ARCHIVE = "audit archive";
    private static final String EXPORTS = "audit exports";

    /** The first opening of the log makes its keys; later ones may take the next key. Most take a second. */
    private static final Duration OPENING = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(50);

    private final DataDirectory directory;
    private final Stages stages;
    private final Deque<Closing> opened = new ArrayDeque<>();
    private final List<Part> parts = new ArrayList<>();
    private URI address = URI.create("http://127.0.0.1");
    private final ArchiverProofs proofs = new ArchiverProofs();
    private volatile @Nullable Archiver archiver;
    private volatile @Nullable ConfigurableApplicationContext context;

    private interface Closing {
        void close() throws IOException;
    }

    private Platform(DataDirectory directory, Stages stages) {
        this.directory = directory;
        this.stages = stages;
    }

    /**
     * Starts everything and waits until it serves.
     *
     * @throws PlatformFailure naming the stage that failed; what had been started is stopped again
     */
    public static Platform start(PlatformSettings settings, Stages stages) {
        Platform platform = new Platform(settings.directory(), stages);
        boolean started = false;
        try {
            platform.open(settings);
            started = true;
            return platform;
        } finally {
            if (!started) {
                platform.close();
            }
        }
    }

    /** Where the API listens. */
    public URI address() {
        return address;
    }

    /** Where everything is kept. */
    public DataDirectory directory() {
        return directory;
    }

    /** What is running, as what started describes itself. */
    public synchronized List<Part> parts() {
        return List.copyOf(parts);
    }

    private void open(PlatformSettings settings) {
        RoleSecrets secrets = stage("data directory", this::prepare);
        // Before anything is started, so that a taken port costs nobody a minute.
        int port = stage(
                "port",
                () -> Port.choose("the API", settings.port(), directory.root().resolve("port")));
        CompletableFuture<KafkaProcess> broker = beside(KAFKA, this::startKafka);
        CompletableFuture<Sandbox> world = beside(WORLD, () -> startWorld(settings.binaries()));
        CompletableFuture<Databases> databases = beside(POSTGRESQL, () -> startPostgres(secrets));
        // All three are awaited before any failure is passed on, or one that comes up late would be left behind.
        CompletableFuture<Void> all = CompletableFuture.allOf(broker, world, databases);
        all.exceptionally(failure -> null).join();
        KafkaProcess kafka = result(broker);
        Sandbox sandbox = result(world);
        Databases prepared = result(databases);
        ArchiverLink exports = stage(EXPORTS, () -> startExports(kafka));
        stage(SERVICES, () -> startServices(port, secrets, prepared, kafka, sandbox, exports, settings.strict()));
        stage(ARCHIVE, () -> startArchiver(kafka, settings.witnesses()));
    }

    private RoleSecrets prepare() throws IOException {
        DirectoryLock lock = DirectoryLock.take(directory.root());
        opens(lock::close);
        Path partial = Recovery.partialMark(directory);
        if (Files.exists(partial)) {
            throw new IOException("Expected a whole log, but this directory was restored until "
                    + Files.readString(partial).strip() + " only, for looking at (" + partial + ")");
        }
        directory.create();
        return RoleSecrets.in(directory, new SecureRandom());
    }

    private Databases startPostgres(RoleSecrets secrets) throws SQLException {
        LocalPostgres postgres = LocalPostgres.start(PostgresSettings.in(directory.postgres()));
        opens(postgres::close);
        Databases databases = new Databases(postgres, secrets);
        databases.prepare();
        runs(new Part("event log, views", true, "PostgreSQL on port " + postgres.port() + ", fsync on"));
        return databases;
    }

    private KafkaProcess startKafka() {
        KafkaProcess kafka = KafkaProcess.start(KafkaSettings.in(directory.kafka()));
        opens(kafka::close);
        runs(new Part("event topics", true, "Kafka (KRaft) on port " + kafka.port()));
        return kafka;
    }

    private Sandbox startWorld(@Nullable KubernetesBinaries binaries) throws IOException {
        SandboxSettings wanted = SandboxSettings.in(directory.world(), 0);
        Sandbox sandbox = Sandbox.start(binaries == null ? wanted : wanted.with(binaries));
        opens(sandbox::close);
        runs(new Part(
                "management cluster",
                false,
                "in-memory Kubernetes API at " + sandbox.url() + ", journaled; kubectl --kubeconfig "
                        + sandbox.kubeconfig()));
        runs(new Part("certificates", false, "a stand-in for cert-manager that issues real X.509"));
        if (binaries != null) {
            runs(new Part(
                    "tenant control planes of " + KubernetesVersion.SANDBOX,
                    true,
                    "etcd, kube-apiserver and kube-controller-manager as processes, from " + binaries.directory()
                            + "; no scheduler, no konnectivity, no containers"));
        }
        runs(new Part(
                binaries == null ? "tenant control planes" : "tenant control planes of other versions",
                false,
                "TLS servers that verify, without a scheduler behind them and without tunnels to nodes"));
        runs(new Part("machines", false, "a hypervisor that keeps a list of VMs; nothing boots"));
        return sandbox;
    }

    private ConfigurableApplicationContext startServices(
            int port,
            RoleSecrets secrets,
            Databases databases,
            KafkaProcess kafka,
            Sandbox sandbox,
            ArchiverLink exports,
            StrictSettings strict) {
        ConfigurableApplicationContext starting = Services.start(
                port, directory, secrets, databases, kafka.bootstrapServers(), sandbox, exports, proofs, strict);
        opens(starting::close);
        context = starting;
        address = URI.create("http://127.0.0.1:" + port);
        runs(new Part(
                "command service, workers, projections",
                true,
                "in this one process, so their database roles are kept apart but their memory is not"));
        return starting;
    }

    private ArchiverSettings archive(KafkaProcess kafka) {
        return ArchiverSettings.of(
                kafka.bootstrapServers(), directory.archive(), directory.archiveState(), "aether.local/audit");
    }

    /** Before the services, which have to know where it listens; a token of this start alone. */
    private ArchiverLink startExports(KafkaProcess kafka) throws IOException {
        String token = Tokens.generate(new SecureRandom());
        Tokens.writeSecret(directory.exportToken(), token);
        ExportService exports = ExportService.start(archive(kafka), ExportJobSettings.in(directory.exports()), token);
        opens(exports::close);
        StatusServer server = exports.listen(0, this::archiveStatus);
        opens(server::close);
        return new ArchiverLink("http://127.0.0.1:" + server.port(), directory.exportToken());
    }

    private Archiver startArchiver(KafkaProcess kafka, CosignSettings witnesses) throws IOException {
        Files.createDirectories(directory.archiveState());
        Archiver starting = new Archiver(
                archive(kafka).asking(witnesses),
                new ArchiverCommands(
                        services().getBean(ServiceCommands.class), services().getBean(LogHolding.class)));
        opens(starting::close);
        starting.start();
        archiver = starting;
        proofs.started(starting);
        runs(new Part(
                "audit archive",
                true,
                "worm-fs in " + directory.archive() + "; the operating system's owner can still delete it"));
        return starting;
    }

    /** What the archiver says about itself. */
    public ArchiverStatus archiveStatus() {
        Archiver running = archiver;
        if (running == null) {
            throw new IllegalStateException("Expected a started platform, but the archiver is not up.");
        }
        return running.status();
    }

    /** How many entries the published checkpoint covers; what the archiver holds in memory may be ahead of it. */
    public long publishedSize() throws IOException {
        Path checkpoint = directory.archive().resolve("checkpoint");
        if (!Files.exists(checkpoint)) {
            return 0;
        }
        // C2SP tlog-checkpoint: the origin, the size in decimal, the root, each on its line.
        return Files.readAllLines(checkpoint).stream()
                .skip(1)
                .findFirst()
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** The position of the newest event. */
    public long logHead() {
        return services().getBean(Streams.class).head();
    }

    private ConfigurableApplicationContext services() {
        ConfigurableApplicationContext running = context;
        if (running == null) {
            throw new IllegalStateException("Expected a started platform, but the services are not up.");
        }
        return running;
    }

    /** Puts copies of the archive's present public keys outside of it, where {@code audit verify} is pointed at. */
    public void keepAuditKey() {
        long end = System.nanoTime() + OPENING.toNanos();
        try {
            while (archiveStatus().state() == ArchiverStatus.State.STARTING && System.nanoTime() < end) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            new AuditKeyCopies(directory.auditKey(), directory.secondAuditKey()).take(directory.archive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        while (true) {
            Closing next;
            synchronized (this) {
                if (opened.isEmpty()) {
                    return;
                }
                next = opened.pop();
            }
            try {
                next.close();
            } catch (IOException e) {
                stages.failed("stop", String.valueOf(e.getMessage()));
            }
        }
    }

    private synchronized void opens(Closing closing) {
        opened.push(closing);
    }

    private synchronized void runs(Part part) {
        parts.add(part);
    }

    private <T> CompletableFuture<T> beside(String name, Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> stage(name, work), Thread::startVirtualThread);
    }

    private <T> T stage(String name, Callable<T> work) {
        long begun = System.nanoTime();
        stages.begun(name);
        try {
            T result = work.call();
            stages.done(name, Duration.ofNanos(System.nanoTime() - begun));
            return result;
        } catch (StartFailure e) {
            throw failed(name, String.valueOf(e.getMessage()), e);
        } catch (Exception e) { // the edge: whatever a part throws becomes a sentence
            throw failed(name, Sentences.of(e), e);
        }
    }

    private PlatformFailure failed(String stage, String sentence, Exception cause) {
        stages.failed(stage, sentence);
        return new PlatformFailure(stage, sentence, cause);
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PlatformFailure failure) {
                throw failure;
            }
            throw e;
        }
    }
}
