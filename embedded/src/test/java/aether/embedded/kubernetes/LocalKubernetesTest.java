package aether.embedded.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LocalKubernetesTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void present() {
        TestKubernetes.assumePresent();
    }

    @Test
    void keepsItsObjectsAndItsAddressOverARestart() throws Exception {
        KubernetesBinaries binaries = KubernetesBinaries.find().orElseThrow();
        String url;
        try (LocalKubernetes first = LocalKubernetes.start(binaries, directory)) {
            url = first.url();
            CertManagerResources.installDefinition(first, "example.org", "v1", "Thing", "things", "Cluster");
            first.stopServer();
            first.restartServer();
        }
        try (LocalKubernetes second = LocalKubernetes.start(binaries, directory)) {
            assertThat(second.url()).isEqualTo(url);
            CertManagerResources.awaitServed(second, "/apis/example.org/v1/things");
        }
    }
}
