package aether.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HostCommandTest {

    private static final Localizing NOTHING = new Localizing(Map.of(), (host, port) -> OptionalInt.empty());

    private static List<String> command(String... inside) {
        return HostCommand.of(List.of(inside), "/bin/" + inside[0], NOTHING, port -> port + 10_000);
    }

    @Test
    void listensOnThisMachineOnlyAtThePortThatStandsForItsOwn() {
        assertThat(command("kube-apiserver", "--bind-address=0.0.0.0", "--secure-port=7443", "--profiling=false"))
                .containsExactly(
                        "/bin/kube-apiserver", "--profiling=false", "--bind-address=127.0.0.1", "--secure-port=17443");
    }

    @Test
    void knowsWhereAComponentListensThatIsNotTold() {
        assertThat(command("kube-controller-manager"))
                .containsExactly("/bin/kube-controller-manager", "--bind-address=127.0.0.1", "--secure-port=20257");
    }

    @Test
    void leavesEveryOtherProgramItsOwnFlags() {
        assertThat(command("etcd", "--name=etcd-0")).containsExactly("/bin/etcd", "--name=etcd-0");
    }
}
