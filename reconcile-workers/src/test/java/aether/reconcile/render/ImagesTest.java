package aether.reconcile.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String OTHER = "sha256:" + "cd".repeat(32);

    @Test
    void namesTheBytesWhereTheyAreKnown() {
        Images images = new Images("registry.example:5000/kubernetes/", Map.of("etcd:3.6.4-0", DIGEST), false);

        assertThat(images.image("etcd", "3.6.4-0"))
                .isEqualTo("registry.example:5000/kubernetes/etcd:3.6.4-0@" + DIGEST);
        assertThat(images.image("etcd", "3.5.21-0")).isEqualTo("registry.example:5000/kubernetes/etcd:3.5.21-0");
        assertThat(images.refusal("etcd", "3.5.21-0")).isEmpty();
    }

    @Test
    void refusesWhatHasNoDigestWhereOneIsRequiredAndSaysWhoseTaskItIs() {
        Images images = new Images("registry.example/", Map.of("etcd:3.6.4-0", DIGEST), true);

        assertThat(images.refusal("etcd", "3.6.4-0")).isEmpty();
        assertThat(images.refusal("kubelet", "v1.34.1"))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains(
                                "registry.example/kubelet:v1.34.1",
                                "aether.workers.images.digests",
                                "whoever runs this site"));
    }

    @Test
    void readsATable() {
        assertThat(Images.table(List.of(
                        "# kubernetes 1.34",
                        "kube-apiserver:v1.34.1   " + DIGEST + "  # amd64 and arm64",
                        "",
                        "cilium/cilium:v1.18.3\t" + OTHER,
                        "kube-apiserver:v1.34.1 " + DIGEST)))
                .isEqualTo(Map.of("kube-apiserver:v1.34.1", DIGEST, "cilium/cilium:v1.18.3", OTHER));
    }

    @Test
    void namesTheLineThatIsWrong() {
        assertThatThrownBy(() -> Images.table(List.of("# a", "kube-apiserver:v1.34.1")))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> Images.table(List.of("a:1 " + DIGEST, "a:1 " + OTHER)))
                .hasMessageContaining("line 2 gives it another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example", "https://registry.example/", "Registry/", "registry.example/ ", "/"})
    void refusesARegistryThatIsNoPrefix(String registry) {
        assertThatThrownBy(() -> new Images(registry, Map.of(), false)).hasMessageContaining("registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:ab", "sha512:abab", "latest", ""})
    void refusesWhatIsNoDigest(String digest) {
        assertThatThrownBy(() -> new Images("", Map.of("a:1", digest), false)).hasMessageContaining("64 hex digits");
    }
}
