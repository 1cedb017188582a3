package aether.sandbox.kubelet;

import aether.sandbox.http.Answer;
import aether.sandbox.http.Faults;
import aether.sandbox.http.LoopbackServer;
import aether.sandbox.http.Request;
import aether.sandbox.kubernetes.ApiDoor;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.RbacAccess;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.net.BindException;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** One tenant's simulated kube-apiserver: real TLS on a loopback port, in front of the tenant's own store. */
final class TenantApi implements AutoCloseable {
    /** A real API server answers these without asking who it is; everything else needs a name. */
    private static final Set<String> OPEN = Set.of("healthz", "livez", "readyz", "version");

    private final TenantTrust trust;
    private final KubernetesStore store;
    private final ApiDoor door;
    private final LoopbackServer server;
    private volatile String version;

    private TenantApi(TenantTrust trust, KubernetesStore store, String version, Faults faults, int port)
            throws IOException {
        this.trust = trust;
        this.store = store;
        this.version = version;
        this.door = new ApiDoor(store, this::version, faults);
        this.server = serve(port);
    }

    /** Starts on the port it had before, or on another one when that is taken or 0. */
    static TenantApi start(
            TenantTrust.Material material,
            KubernetesStore store,
            String version,
            Faults faults,
            InstantSource clock,
            int port)
            throws IOException {
        return new TenantApi(new TenantTrust(material, clock), store, version, faults, port);
    }

    private LoopbackServer serve(int port) throws IOException {
        SSLContext context = trust.context();
        HttpsConfigurator tls = new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        };
        try {
            return LoopbackServer.tls(port, tls, this::handle);
        } catch (BindException taken) {
            return LoopbackServer.tls(0, tls, this::handle);
        }
    }

    private Answer handle(Request request, List<Certificate> chain) {
        Optional<TenantTrust.Identity> identity = trust.identify(chain);
        if (identity.isPresent()) {
            return door.handle(
                    request,
                    new RbacAccess(identity.get().user(), identity.get().groups(), store));
        }
        boolean open = !request.path().isEmpty() && OPEN.contains(request.path().getFirst());
        if (open && chain.isEmpty()) {
            return door.handle(request, new RbacAccess("system:anonymous", Set.of("system:unauthenticated"), store));
        }
        return ApiDoor.refuse(401, "Unauthorized", "Unauthorized");
    }

    void update(TenantTrust.Material material, String runningVersion) {
        trust.exchange(material);
        version = runningVersion;
    }

    String version() {
        return version;
    }

    List<java.security.cert.X509Certificate> servingChain() {
        return trust.material().chain();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        store.closeWatches();
        server.close();
    }
}
