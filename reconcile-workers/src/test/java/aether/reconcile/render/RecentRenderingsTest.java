package aether.reconcile.render;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentRenderingsTest {

    private final List<String> rendered = new ArrayList<>();
    private final RecentRenderings<String> recent = new RecentRenderings<>(inputs -> {
        rendered.add(inputs);
        return List.of();
    });

    private static ClusterId tenant(int number) {
        return new ClusterId(UUID.nameUUIDFromBytes(("tenant " + number).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void rendersAnewOnlyWhatIsAnother() {
        for (String inputs : List.of("a", "a", "b", "b", "a")) {
            assertThat(recent.of(tenant(0), inputs)).isEmpty();
        }
        assertThat(rendered).containsExactly("a", "b", "a");
    }

    @Test
    void tenantsShareNothing() {
        assertThat(recent.of(tenant(0), "a")).isEmpty();
        assertThat(recent.of(tenant(1), "a")).isEmpty();
        assertThat(rendered).containsExactly("a", "a");
    }

    @Test
    void keepsThoseThatWereLookedAtLast() {
        for (int number = 0; number < 128; number++) {
            assertThat(recent.of(tenant(number), "a")).isEmpty();
        }
        assertThat(recent.of(tenant(0), "a")).isEmpty(); // touched again: 1 is the eldest now
        assertThat(recent.of(tenant(128), "a")).isEmpty();
        rendered.clear();
        assertThat(recent.of(tenant(0), "a")).isEmpty();
        assertThat(rendered).isEmpty();
        assertThat(recent.of(tenant(1), "a")).isEmpty();
        assertThat(rendered).containsExactly("a");
    }
}
