package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterId;
import aether.sandbox.certificates.LoopbackIdentity;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two workers that know the way into one tenant's API in two ways, as while a CA is exchanged. */
class FabricTenantApisTest {

    private static final ClusterId TENANT = new ClusterId(new UUID(0, 1));
    private static final ClusterId NEIGHBOUR = new ClusterId(new UUID(0, 2));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final LoopbackIdentity identity = LoopbackIdentity.fresh(Instant.now());
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile boolean slow;
    private volatile Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private HttpsServer server;
    private FabricTenantApis tenants;

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        server.setExecutor(threads);
        server.createContext("/version", this::version);
        server.start();
        tenants = new FabricTenantApis(() -> now);
    }

    @AfterEach
    void stop() {
        answered.countDown();
        tenants.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void version(HttpExchange exchange) throws IOException {
        boolean ignored = connections.add(exchange.getRemoteAddress());
        if (slow) {
            asked.countDown();
            try {
                answered.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] answer = "{\"gitVersion\": \"v1.33.5\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** The same way in; what is trusted besides makes it another access. */
    private TenantAccess access(String besides) {
        return new TenantAccess(
                "127.0.0.1:" + server.getAddress().getPort(),
                identity.certificate() + besides,
                identity.certificate(),
                identity.key());
    }

    @Test
    void aQuestionIsAnsweredThoughSomebodyComesWithAnotherAccessMeanwhile() throws InterruptedException {
        slow = true;
        KubeApi first = tenants.of(TENANT, access(""));
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(first::version, threads);
        asked.await();

        KubeApi second = tenants.of(TENANT, access("\n"));
        answered.countDown();

        assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("v1.33.5");
        assertThat(second.version()).isEqualTo("v1.33.5");
    }

    @Test
    void aLookGoesOnThroughWhatItBeganWith() {
        KubeApi first = tenants.of(TENANT, access(""));
        KubeApi second = tenants.of(TENANT, access("\n"));
        tenants.forget(TENANT);

        assertThat(first.version()).isEqualTo(second.version());
        assertThat(tenants.current(TENANT)).isEmpty();
    }

    @Test
    void eachOfTwoAccessesFindsItsConnectionAgain() {
        for (int turn = 0; turn < 5; turn++) {
            assertThat(tenants.of(TENANT, access("")).version()).isEqualTo("v1.33.5");
            assertThat(tenants.of(TENANT, access("\n")).version()).isEqualTo("v1.33.5");
        }

        assertThat(connections).hasSize(2);
    }

    @Test
    void whatWasLeftIsClosedAfterAWhile() {
        KubeApi left = tenants.of(TENANT, access(""));
        tenants.forget(TENANT);

        now = now.plus(FabricTenantApis.LINGERING).minus(Duration.ofSeconds(1));
        KubeApi meanwhile = tenants.of(NEIGHBOUR, access(""));
        assertThat(left.version()).isEqualTo("v1.33.5");

        now = now.plusSeconds(1);
        assertThat(tenants.of(NEIGHBOUR, access("")).version()).isEqualTo(meanwhile.version());
        assertThatThrownBy(left::version)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
