package aether.archive.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OcsfTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Names come from customers: whatever they hold, a line stays a line, and the one that a JSON writer makes. */
    @Test
    void writesAnyTextAsAJsonWriterDoes() throws IOException {
        String name = "a \"quote\", a \\, a\nline\u0001, \u00e9 \u20ac \ud83d\ude80 </script>";
        String entry = JSON.writeValueAsString(JSON.createObjectNode()
                .put("authid", name)
                .put("id", "e1")
                .put("organization", name)
                .put("recordedtime", "2026-11-27T00:00:00Z")
                .put("requestid", name)
                .put("sourceaddress", name)
                .put("subject", name)
                .put("time", "2026-11-27T00:00:00.5Z")
                .put("type", "cloud.aetherplatform.cluster.requested.v1"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Ocsf ocsf = new Ocsf(out)) {
            ocsf.take(ExportedEvent.of(7, entry.getBytes(StandardCharsets.UTF_8)));
        }

        String text = out.toString(StandardCharsets.UTF_8);
        JsonNode line = JSON.readTree(text);
        assertThat(text).isEqualTo(JSON.writeValueAsString(line) + "\n");
        assertThat(line.at("/actor/user/name").asString()).isEqualTo(name);
        assertThat(line.at("/actor/user/org/uid").asString()).isEqualTo(name);
        assertThat(line.at("/api/request/uid").asString()).isEqualTo(name);
        assertThat(line.at("/src_endpoint/ip").asString()).isEqualTo(name);
        assertThat(line.at("/resources/0/uid").asString()).isEqualTo(name);
        assertThat(line.at("/time").asLong()).isEqualTo(1_795_737_600_500L);
        assertThat(line.at("/metadata/sequence").asLong()).isEqualTo(7);
    }
}
