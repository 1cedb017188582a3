package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterStatus;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd of three members as three processes, from the pods and Secrets that were rendered for a real cluster. */
@Tag("slow")
class ProcessEtcdMembersTest {

    private static final int MEMBERS = 3;
    private static final int WRITES = 10;

    @TempDir
    Path directory;

    private final AtomicInteger written = new AtomicInteger();

    @Test
    void anyOneMemberMayBeAwayAndComesBack() throws Exception {
        TestKubernetes.assumePresent();
        Kubectl kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX, MEMBERS)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            Path admin = kubeconfig(world);
            assertThat(programs("etcd")).hasSize(MEMBERS);
            assertThat(arguments("kube-apiserver").stream()
                            .filter(argument -> argument.startsWith("--etcd-servers="))
                            .findFirst()
                            .orElseThrow()
                            .split(","))
                    .as("every member, each at its own port")
                    .hasSize(MEMBERS)
                    .doesNotHaveDuplicates();

            try (Away away = Away.of(this, "etcd-1")) {
                kubectl.awaitTrue("the member is away", () -> away.ended() > 0);
                writes(kubectl, admin);
            }
            kubectl.awaitTrue("it is back", () -> programs("etcd").size() == MEMBERS);
            // With another one away there is a majority only with the one that came back.
            try (Away away = Away.of(this, "etcd-0")) {
                kubectl.awaitTrue("the member is away", () -> away.ended() > 0);
                writes(kubectl, admin);
            }
            landscape.runUntil(() -> programs("etcd").size() == MEMBERS
                    && Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());

            List<ProcessHandle> before = programs("etcd");
            long troublesBefore = troubles(landscape);
            ProcessTenantTest.renew(world, "etcd-server");
            ProcessTenantTest.renew(world, "etcd-peer");
            landscape.runUntil(() -> {
                assertThat(before.stream().filter(ProcessHandle::isAlive).count() + fresh(before))
                        .as("members while they are replaced one after the other")
                        .isGreaterThanOrEqualTo(MEMBERS - 1L);
                writes(kubectl, admin, 1);
                return before.stream().noneMatch(ProcessHandle::isAlive)
                        && programs("etcd").size() == MEMBERS
                        && landscape.troubles().isEmpty();
            });
            writes(kubectl, admin);
            assertThat(kubectl.run(admin, "get", "configmaps", "--output=name")
                            .lines()
                            .filter(line -> line.startsWith("configmap/kept-")))
                    .as("whatever was written")
                    .hasSize(written.get());
            assertThat(troubles(landscape))
                    .as("to replace members is no trouble")
                    .isEqualTo(troublesBefore);
        }
    }

    private long fresh(List<ProcessHandle> before) {
        return programs("etcd").stream()
                .filter(process -> !before.contains(process))
                .count();
    }

    private static long troubles(Landscape landscape) {
        return landscape.log().events().stream().filter(Undisturbed::isTrouble).count();
    }

    private void writes(Kubectl kubectl, Path admin) {
        writes(kubectl, admin, WRITES);
    }

    /** A change of leader interrupts whoever writes just then; what was not answered may have been done. */
    private void writes(Kubectl kubectl, Path admin, int many) {
        for (int count = 0; count < many; count++) {
            String name = "kept-" + written.incrementAndGet();
            String said = kubectl.patiently(admin, "create", "configmap", name, "--from-literal=a=b");
            assertThat(said).matches(text -> text.contains("created") || text.contains("already exists"));
        }
    }

    /** Ends one member again and again, as often as it is begun. */
    private static final class Away implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger ended = new AtomicInteger();
        private final Thread thread;

        private Away(Thread.Builder builder, ProcessEtcdMembersTest test, String member) {
            this.thread = builder.unstarted(() -> {
                while (!over.get()) {
                    test.programs("etcd").stream()
                            .filter(process -> process.info().arguments().stream()
                                    .flatMap(Arrays::stream)
                                    .anyMatch(argument -> argument.equals("--name=" + member)))
                            .forEach(process -> {
                                if (process.destroyForcibly()) {
                                    ended.incrementAndGet();
                                }
                            });
                    try {
                        Thread.sleep(20);
                    } catch (InterruptedException stopped) {
                        return;
                    }
                }
            });
        }

        static Away of(ProcessEtcdMembersTest test, String member) {
            Away away = new Away(Thread.ofPlatform().daemon(), test, member);
            away.thread.start();
            return away;
        }

        int ended() {
            return ended.get();
        }

        @Override
        public void close() {
            over.set(true);
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<ProcessHandle> programs(String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/" + name))
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument -> argument.contains(directory.toString())))
                .toList();
    }

    private List<String> arguments(String name) {
        return programs(name).stream()
                .flatMap(process -> process.info().arguments().stream())
                .flatMap(Arrays::stream)
                .toList();
    }

    private Path kubeconfig(SandboxWorld world) throws IOException {
        return Files.writeString(
                directory.resolve("admin"),
                Pem.text(
                        world.cluster()
                                .find(new ObjectRef(
                                        ResourceKind.SECRET,
                                        TenantNames.namespace(Tenant.CLUSTER),
                                        TenantNames.ADMIN_KUBECONFIG))
                                .orElseThrow(),
                        TenantNames.KUBECONFIG_KEY));
    }
}
