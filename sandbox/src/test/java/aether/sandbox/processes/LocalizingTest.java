package aether.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LocalizingTest {

    private static final Localizing HERE = new Localizing(
            Map.of("/pki/cluster-ca", Path.of("/home/pods/a/cluster-ca"), "/pki", Path.of("/home/pods/a/rest")),
            (host, port) -> host.equals("etcd.tenant-a.svc") ? OptionalInt.of(port + 40_000) : OptionalInt.empty());

    @Test
    void aMountPathBecomesItsDirectoryAndTheLongestCounts() {
        assertThat(HERE.text("--client-ca-file=/pki/cluster-ca/tls.crt"))
                .isEqualTo("--client-ca-file=/home/pods/a/cluster-ca/tls.crt");
        assertThat(HERE.text("certificate-authority: /pki/other/tls.crt"))
                .isEqualTo("certificate-authority: /home/pods/a/rest/other/tls.crt");
    }

    @Test
    void whatOnlyLooksLikeAMountPathStays() {
        assertThat(HERE.text("/var/pki/cluster-ca/x /pki-of-others/y a/pki/z"))
                .isEqualTo("/var/pki/cluster-ca/x /pki-of-others/y a/pki/z");
    }

    @Test
    void hostAndPortOfAServiceBecomeAPortOfThisMachine() {
        assertThat(HERE.text("--etcd-servers=https://etcd.tenant-a.svc:2379"))
                .isEqualTo("--etcd-servers=https://127.0.0.1:42379");
        assertThat(HERE.text("https://kubernetes.default.svc.cluster.local and nobody.else:80 at 12:30:01"))
                .isEqualTo("https://kubernetes.default.svc.cluster.local and nobody.else:80 at 12:30:01");
    }
}
