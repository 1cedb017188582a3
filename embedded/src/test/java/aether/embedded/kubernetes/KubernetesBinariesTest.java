package aether.embedded.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesBinariesTest {

    @TempDir
    Path home;

    private Path binaries(String folder, String... names) throws IOException {
        Path directory = Files.createDirectories(home.resolve(folder));
        for (String name : names) {
            Path program = Files.writeString(
                    directory.resolve(name), "#!/bin/sh\necho '" + name + " Version: 3.4.23'\necho 'Git SHA: 1'\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        return directory;
    }

    @Test
    void takesTheFolderThatIsNamed() throws IOException {
        Path named = binaries("named", "etcd", "kube-apiserver", "kube-controller-manager");

        assertThat(KubernetesBinaries.find(Map.of("KUBEBUILDER_ASSETS", named.toString()), home))
                .contains(new KubernetesBinaries(named));
    }

    @Test
    void findsTheNewestFolderInTheCache() throws IOException {
        binaries(".cache/aether-test-assets/kubernetes-1.20/bin", "etcd", "kube-apiserver", "kube-controller-manager");
        Path newest = binaries(
                ".cache/aether-test-assets/kubernetes-1.34/bin", "etcd", "kube-apiserver", "kube-controller-manager");
        binaries(".cache/aether-test-assets/kubernetes-1.35/bin", "etcd");

        assertThat(KubernetesBinaries.find(Map.of(), home)).contains(new KubernetesBinaries(newest));
    }

    @Test
    void aFolderThatLacksOneIsNone() throws IOException {
        Path named = binaries("named", "etcd", "kube-apiserver");

        assertThat(KubernetesBinaries.find(Map.of("KUBEBUILDER_ASSETS", named.toString()), home))
                .isEmpty();
    }

    @Test
    void asksAProgramForItsVersion() throws IOException {
        KubernetesBinaries found = new KubernetesBinaries(binaries("named", "etcd"));

        assertThat(found.version("etcd")).contains("3.4.23");
        assertThat(found.version("kubectl")).isEmpty();
    }
}
