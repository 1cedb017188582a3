package aether.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BrokerCommandTest {

    @Test
    void aRelativeClassPathStaysGoodInAnotherDirectory() {
        Path here = Path.of("").toAbsolutePath();

        assertThat(BrokerCommand.absolute("target/classes:/opt/lib/a.jar:"))
                .isEqualTo(here.resolve("target/classes") + ":/opt/lib/a.jar:" + here);
    }
}
