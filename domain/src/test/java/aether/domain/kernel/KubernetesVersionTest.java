package aether.domain.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesVersionTest {

    @Test
    void readsAMinorAsItsNewestPatch() {
        assertThat(KubernetesVersion.parse("1.33")).contains(new KubernetesVersion(1, 33, 5));
        assertThat(KubernetesVersion.parse("v1.99")).contains(new KubernetesVersion(1, 99, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.x", "1.33.5.1", "-1.33.0", "1.33.", "latest", "1.1000.0", "1.33.5-rc1"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(KubernetesVersion.parse(text)).isEmpty();
    }

    @Test
    void supportsKnownMinorsUpToTheirKnownPatch() {
        assertThat(new KubernetesVersion(1, 33, 5).isSupported()).isTrue();
        assertThat(new KubernetesVersion(1, 33, 0).isSupported()).isTrue();
        assertThat(new KubernetesVersion(1, 33, 6).isSupported()).isFalse();
        assertThat(new KubernetesVersion(1, 31, 0).isSupported()).isFalse();
    }

    @Test
    void offersTheSandboxItsOwnVersionAndNobodyElse() {
        assertThat(KubernetesVersion.SANDBOX.isSupportedIn("local")).isTrue();
        assertThat(KubernetesVersion.SANDBOX.isSupportedIn("north")).isFalse();
        assertThat(new KubernetesVersion(1, 20, 1).isSupportedIn("local")).isFalse();
        assertThat(new KubernetesVersion(1, 33, 5).isSupportedIn("north")).isTrue();
    }

    @Test
    void listsSupportedVersionsOldestFirst() {
        assertThat(KubernetesVersion.SUPPORTED).isSorted();
    }
}
