package aether.sandbox;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.sandbox.certificates.CertManagerAdmission;
import aether.sandbox.certificates.CertificateController;
import aether.sandbox.certificates.LoopbackIdentity;
import aether.sandbox.http.Answer;
import aether.sandbox.http.Faults;
import aether.sandbox.http.LoopbackServer;
import aether.sandbox.http.Request;
import aether.sandbox.hypervisor.Hypervisor;
import aether.sandbox.hypervisor.HypervisorDoor;
import aether.sandbox.journal.DataDirectory;
import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import aether.sandbox.kubelet.PodFaults;
import aether.sandbox.kubelet.PodRuntime;
import aether.sandbox.kubelet.TenantApis;
import aether.sandbox.kubelet.Workloads;
import aether.sandbox.kubernetes.Access;
import aether.sandbox.kubernetes.ApiDoor;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.World;
import aether.sandbox.processes.ProcessKubelet;
import com.sun.net.httpserver.HttpsConfigurator;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulated world on one loopback port: a management cluster with cert-manager and kubelets under {@code /api} and
 * {@code /apis}, a hypervisor under {@code /hypervisor}, faults and counts under {@code /sandbox}, and a TLS port of
 * its own for every tenant API. All of it is in the journal of the data directory before it is acknowledged, and goes
 * on where it was at the next start.
 */
public final class Sandbox implements AutoCloseable {
    /** What the management cluster says it is: the newest Kubernetes whose API the sandbox follows. */
    private static final String MANAGEMENT_VERSION = "v1.34.0";

    private final DataDirectory directory;
    private final Journal journal;
    private final Stores stores;
    private final String token;
    private final RandomGenerator chance;
    private final ScheduledExecutorService timer;
    private final CertificateController certificates;
    private final PodRuntime runtime;
    private final Workloads workloads;
    private final Map<String, Workloads> tenantWorkloads = new ConcurrentHashMap<>();
    /** By their tokens; the next start does not know them. */
    private final Map<String, Access> accounts = new ConcurrentHashMap<>();

    private final TenantApis tenants;
    private final Hypervisor hypervisor;
    private final Faults kubernetesFaults;
    private final Faults hypervisorFaults;
    private final PodFaults podFaults = new PodFaults();
    private final Inventory inventory;
    private final ApiDoor management;
    private final HypervisorDoor hypervisorDoor;
    private final SandboxDoor ownDoor;
    private final LoopbackServer server;
    /** The same once more over TLS: kubectl sends no token without it. */
    private final LoopbackServer secure;

    private Sandbox(SandboxSettings settings, DataDirectory directory, Journal journal) throws IOException {
        World world = new World(settings.clock(), settings.chance());
        SandboxTimings timings = settings.timings();
        this.directory = directory;
        this.journal = journal;
        this.chance = settings.chance();
        this.token = directory.token(chance);
        this.stores = new Stores(journal, world, new CertManagerAdmission(settings.certManager()));
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("sandbox-timer").factory());
        this.certificates = new CertificateController(
                stores.management(), world, journal.ledger(), timer, timings.retry(), settings.certManager());
        KubernetesBinaries binaries = settings.binaries();
        this.runtime = binaries == null
                ? PodRuntime.none()
                : ProcessKubelet.start(
                        binaries, stores.management(), settings.dataDirectory().resolve("processes"));
        this.workloads = new Workloads(
                stores.management(), world, timer, timings.podReady(), timings.retry(), runtime, podFaults);
        this.tenants = new TenantApis(
                stores.management(), new Tenants(world, timings), journal, world, timer, timings.retry(), runtime);
        this.hypervisor =
                new Hypervisor(journal, world, tenants, timer, timings.diskCopy(), timings.boot(), timings.retry());
        this.kubernetesFaults = new Faults(settings.clock());
        this.hypervisorFaults = new Faults(settings.clock());
        this.inventory = new Inventory(stores.management(), tenants, hypervisor, journal.ledger());
        this.management = new ApiDoor(stores.management(), () -> MANAGEMENT_VERSION, kubernetesFaults);
        this.hypervisorDoor = new HypervisorDoor(hypervisor, journal.ledger(), hypervisorFaults);
        this.ownDoor = new SandboxDoor(
                inventory, kubernetesFaults, hypervisorFaults, podFaults, certificates::absent, hypervisor, tenants);
        remember();
        this.server = listen(settings.port());
        LoopbackIdentity identity = LoopbackIdentity.fresh(settings.clock().instant());
        this.secure =
                LoopbackServer.tls(0, new HttpsConfigurator(identity.context()), (request, chain) -> handle(request));
        directory.writeKubeconfig("https://127.0.0.1:" + secure.port(), identity.certificate(), token);
        certificates.start();
        workloads.start();
        tenants.start();
        hypervisor.start();
    }

    /** Starts on a data directory that may hold an earlier life; what was half done then goes on. */
    public static Sandbox start(SandboxSettings settings) throws IOException {
        DataDirectory directory = DataDirectory.claim(settings.dataDirectory());
        try {
            return new Sandbox(settings, directory, Journal.open(directory.journal(), settings.clock()));
        } catch (IOException | RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    private void remember() throws IOException {
        Map<String, Journal.Participant> others =
                Map.of(TenantApis.NAME, tenants, Hypervisor.NAME, hypervisor.journaled());
        journal.replay(name -> participant(name, others));
        Map<String, Journal.Participant> all = new TreeMap<>(others);
        all.putAll(stores.all());
        journal.compact(all);
        stores.all().values().forEach(KubernetesStore::finishHalfDone);
        Stores.seedManagement(stores.management());
    }

    private Journal.Participant participant(String name, Map<String, Journal.Participant> others) {
        if (name.startsWith(Stores.PREFIX)) {
            return stores.get(name);
        }
        Journal.Participant other = others.get(name);
        if (other == null) {
            throw new IllegalStateException("Expected a journal of this sandbox, but it speaks of " + name);
        }
        return other;
    }

    private LoopbackServer listen(int wanted) throws IOException {
        int port = wanted > 0 ? wanted : lastPort();
        LoopbackServer bound;
        try {
            bound = LoopbackServer.plain(port, (request, chain) -> handle(request));
        } catch (BindException taken) {
            if (wanted > 0) {
                throw new IOException("Expected port " + wanted + " to be free, but it is taken", taken);
            }
            bound = LoopbackServer.plain(0, (request, chain) -> handle(request));
        }
        ObjectNode endpoint =
                Json.object().put("url", "http://127.0.0.1:" + bound.port()).put("port", bound.port());
        directory.announce(Json.bytes(endpoint));
        return bound;
    }

    private int lastPort() throws IOException {
        if (Files.notExists(directory.endpoint())) {
            return 0;
        }
        try {
            return Json.parse(Files.readAllBytes(directory.endpoint()))
                    .path("port")
                    .asInt(0);
        } catch (IllegalArgumentException torn) {
            return 0;
        }
    }

    private Answer handle(Request request) {
        Access account = accounts.get(request.bearer());
        if (account != null && ApiDoor.serves(request)) {
            return management.handle(request, account);
        }
        boolean known = MessageDigest.isEqual(
                request.bearer().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        if (!known) {
            return ApiDoor.refuse(401, "Unauthorized", "Unauthorized");
        }
        if (ApiDoor.serves(request)) {
            return management.handle(request, Access.everything("sandbox-admin"));
        }
        return switch (request.path().isEmpty() ? "" : request.path().getFirst()) {
            case "hypervisor" -> hypervisorDoor.handle(request);
            case "sandbox" -> ownDoor.handle(request);
            default -> ApiDoor.refuse(404, "NotFound", "the server could not find the requested resource");
        };
    }

    /** Opens and forgets the tenants' objects, with their simulated controllers. */
    private final class Tenants implements TenantApis.TenantStores {
        private final World world;
        private final SandboxTimings timings;

        Tenants(World world, SandboxTimings timings) {
            this.world = world;
            this.timings = timings;
        }

        @Override
        public KubernetesStore open(String namespace) {
            KubernetesStore store = stores.tenant(namespace);
            tenantWorkloads.computeIfAbsent(namespace, unused -> {
                Stores.seed(store);
                Workloads own = new Workloads(
                        store, world, timer, timings.podReady(), timings.retry(), PodRuntime.none(), new PodFaults());
                own.start();
                return own;
            });
            return store;
        }

        @Override
        public void forget(String namespace) {
            Workloads own = tenantWorkloads.remove(namespace);
            if (own != null) {
                own.close();
            }
            stores.forgetTenant(namespace);
        }
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** The bearer token of every door but the tenants'. */
    public String token() {
        return token;
    }

    /** A token of somebody who may less, at the management cluster's door alone; until this sandbox is closed. */
    public String admit(Access account) {
        String issued = new UUID(chance.nextLong(), chance.nextLong()).toString();
        accounts.put(issued, account);
        return issued;
    }

    /** The file with the token, readable by its owner alone. */
    public Path tokenFile() {
        return directory.tokenFile();
    }

    /** A kubeconfig of the management cluster, readable by its owner alone. */
    public Path kubeconfig() {
        return directory.kubeconfig();
    }

    /** The management cluster's objects, for tests in the same process. */
    public KubernetesStore management() {
        return stores.management();
    }

    /** The tenant APIs, for tests in the same process. */
    public TenantApis tenants() {
        return tenants;
    }

    /** Runs a pod of the management cluster to its end, as a Job would; for tests in the same process. */
    public String finish(ObjectNode pod) {
        return runtime.finish(pod);
    }

    /** The hypervisor's own switches. */
    public Hypervisor hypervisor() {
        return hypervisor;
    }

    /** The management cluster's switches. */
    public Faults kubernetesFaults() {
        return kubernetesFaults;
    }

    /** The switches of the pods of the management cluster. */
    public PodFaults podFaults() {
        return podFaults;
    }

    /** The switches of the hypervisor's door. */
    public Faults hypervisorFaults() {
        return hypervisorFaults;
    }

    /** What {@code GET /sandbox/inventory} says. */
    public ObjectNode inventory() {
        return inventory.take();
    }

    /** Takes cert-manager away, or brings it back. */
    public void certManagerAbsent(boolean gone) {
        certificates.absent(gone);
    }

    /** Has cert-manager look for the Secrets of ClusterIssuers in another namespace. */
    public void clusterResourceNamespace(String namespace) {
        certificates.clusterResourceNamespace(namespace);
    }

    /** Looks at every certificate again, as after a step of the clock. */
    public void recheck() {
        certificates.recheck();
    }

    /** Whether no simulated work is under way; timers may still be set. */
    public boolean isIdle() {
        return certificates.isIdle()
                && workloads.isIdle()
                && tenants.isIdle()
                && hypervisor.isIdle()
                && tenantWorkloads.values().stream().allMatch(Workloads::isIdle);
    }

    @Override
    public void close() throws IOException {
        stores.all().values().forEach(KubernetesStore::closeWatches);
        server.close();
        secure.close();
        hypervisor.close();
        tenants.close();
        tenantWorkloads.values().forEach(Workloads::close);
        workloads.close();
        runtime.close();
        certificates.close();
        timer.shutdownNow();
        journal.close();
        directory.close();
    }
}
