package aether.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserKubeconfigTest {

    private static final String ADMINISTRATORS = """
            clusters:
            - name: "x"
              cluster:
                server: https://10.0.0.1:6443
                certificate-authority-data: Y2E=
            """;

    /** All of these are DNS labels. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "null", "no", "on", "123", "1e3", "0x1f", "shop"})
    void aNameIsATextAlsoWhenItIsAWordOfYaml(String name) {
        String text = UserKubeconfig.of(ADMINISTRATORS, name, "aether:someone", "Yw==", "aw==");
        Map<?, ?> read = new KubernetesSerialization().unmarshal(text, Map.class);

        assertThat(read.get("current-context")).isEqualTo(name);
        assertThat(first(read, "clusters")).isEqualTo(name);
        assertThat(first(read, "contexts")).isEqualTo(name);
        assertThat(first(read, "users")).isEqualTo("aether:someone");
    }

    private static @Nullable Object first(Map<?, ?> read, String list) {
        List<?> all = (List<?>) Objects.requireNonNull(read.get(list));
        return ((Map<?, ?>) Objects.requireNonNull(all.getFirst())).get("name");
    }
}
