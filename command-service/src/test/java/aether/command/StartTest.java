package aether.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.embedded.postgres.TestPostgres;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.Configuration;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;

class StartTest {

    private static Map<String, String> region(String workers) {
        return Map.of(
                "aether.command.regions[0].name", "local",
                "aether.command.regions[0].workers", workers,
                "aether.command.regions[0].load-balancers", "10.80.0.0/16",
                "aether.command.regions[0].first-vm-id", "1000",
                "aether.command.regions[0].last-vm-id", "9999");
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Test
    void startsAgainOnTheSamePlanAndRefusesAnotherWithASentence() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        String user = database.owner().user();
        String password = database.owner().password();
        for (int start = 0; start < 2; start++) {
            try (RunningService service =
                    RunningService.on(database.jdbcUrl(), user, password, region("10.0.0.0/12"))) {
                assertThat(service.stream("region-local")).hasSize(1);
            }
        }

        assertThatThrownBy(() -> RunningService.on(database.jdbcUrl(), user, password, region("10.128.0.0/12")))
                .satisfies(failure -> assertThat(root(failure))
                        .hasMessageContaining("Expected to open region 'local'")
                        .hasMessageContaining("plan"));
    }

    @Test
    void refusesWrongSettingsWithASentence() {
        assertThatThrownBy(() -> RunningService.start(region("10.0.0.1/12")))
                .satisfies(failure -> assertThat(root(failure)).hasMessageContaining("block a.b.c.d/n"));
        assertThatThrownBy(() -> RunningService.start(Map.of("aether.command.instance", "Not A Label")))
                .satisfies(failure -> assertThat(root(failure)).hasMessageContaining("DNS label"));
        assertThatThrownBy(() -> RunningService.start(Map.of("aether.command.token-file", "/nowhere/tokens")))
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("/nowhere/tokens"));
    }

    @Test
    void takesNothingFromAxonThatLooksForOtherParts() {
        RunningService service = RunningService.shared();

        assertThat(service.bean(Serializer.class))
                .isInstanceOf(org.axonframework.serialization.jackson3.Jackson3Serializer.class);
        assertThat(service.bean(Configuration.class).commandBus()).isSameAs(service.bean(CommandBus.class));
        assertThat(service.bean(Configuration.class).eventStore()).isInstanceOf(aether.store.axon.LogEventStore.class);
    }
}
