package aether.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.sandbox.journal.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ProgramsTest {

    private static final Programs HERE =
            new Programs(new KubernetesBinaries(Path.of("/bin")), Map.of("kube-apiserver", "1.20.2", "etcd", "3.4.23"));

    @ParameterizedTest
    @CsvSource({
        "kube-apiserver, images.example/kube-apiserver:v1.20.2, true",
        "kube-apiserver, kube-apiserver:v1.20.2@sha256:ab, true",
        "kube-apiserver, kube-apiserver:v1.20.3, false",
        "kube-apiserver, kube-apiserver:v1.34.1, false",
        "kube-apiserver, kube-apiserver, false",
        "kube-scheduler, kube-scheduler:v1.20.2, false",
        "etcd, etcd:3.4.13-0, true",
        "etcd, etcd:3.5.21-0, false"
    })
    void standsForAnImageOnlyInItsVersion(String program, String image, boolean here) {
        ObjectNode container = Json.object().put("image", image);
        container.putArray("command").add(program).add("--flag");

        assertThat(HERE.have(container)).isEqualTo(here);
    }
}
