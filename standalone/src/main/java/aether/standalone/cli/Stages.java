package aether.standalone.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How long each stage of a cluster's provisioning took, read from its timeline. */
final class Stages {

    /** One stage that is over. */
    record Stage(String name, Duration took) {
        String shown() {
            return String.format(Locale.ROOT, "%-16s %6.1f s", name.replace('_', ' '), took.toMillis() / 1000.0);
        }
    }

    private Stages() {}

    /** The stages, in the order in which they ended; each begins when the one before ended. */
    static List<Stage> of(List<JsonNode> timeline) {
        List<Stage> stages = new ArrayList<>();
        Instant since = null;
        for (JsonNode entry : timeline) {
            Instant when = Instant.parse(entry.path("recorded_time").asString());
            if (since == null) {
                since = when;
            }
            if (entry.path("stage").isString()) {
                stages.add(new Stage(entry.path("stage").stringValue(), Duration.between(since, when)));
                since = when;
            }
        }
        return stages;
    }
}
