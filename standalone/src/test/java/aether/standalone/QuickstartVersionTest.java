package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.standalone.platform.DataDirectory;
import aether.standalone.platform.PlatformSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartVersionTest {

    @TempDir
    Path root;

    private PlatformSettings settings(boolean binaries) {
        DataDirectory directory = new DataDirectory(root);
        return binaries
                ? new PlatformSettings(directory, 0, new KubernetesBinaries(root))
                : new PlatformSettings(directory, 0);
    }

    private java.util.Optional<KubernetesVersion> of(boolean binaries) throws IOException {
        return QuickstartVersion.of(new DataDirectory(root), settings(binaries));
    }

    @Test
    void asksForWhatTheBinariesRunAndKeepsToIt() throws IOException {
        assertThat(of(true)).contains(KubernetesVersion.SANDBOX);
        assertThat(of(false)).contains(KubernetesVersion.SANDBOX);
    }

    @Test
    void leavesTheExampleAsItIsWithoutBinariesAndKeepsToIt() throws IOException {
        assertThat(of(false)).isEmpty();
        assertThat(of(true)).isEmpty();
    }

    @Test
    void neverMovesATenantOfAnEarlierRelease() throws IOException {
        Files.writeString(new DataDirectory(root).auditKey(), "key");

        assertThat(of(true)).isEmpty();
    }

    @Test
    void putsTheVersionIntoTheExampleAndChangesNothingElse() {
        String example = "spec:\n  k8s_version: \"1.33\" # the newest\n  public_endpoint: false\n";

        assertThat(QuickstartVersion.into(example, KubernetesVersion.SANDBOX))
                .isEqualTo("spec:\n  k8s_version: \"1.20.2\"\n  public_endpoint: false\n");
    }
}
