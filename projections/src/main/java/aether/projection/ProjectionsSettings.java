package aether.projection;

import aether.projection.database.DatabaseSettings;
import aether.projection.intake.KafkaSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this room has to be told, under {@code aether.projections}.
 *
 * @param jdbcUrl the view database, {@code jdbc:postgresql://…}; required
 * @param user the role there, which must be allowed to create schemas; required
 * @param password the role's password
 * @param schema the schema of the live views
 * @param kafkaBootstrapServers the brokers; required
 * @param eventsTopic the topic of all events
 * @param wantedTopic the topic on which this room states what it wants next
 * @param tokenFile the token file that the command service checks too; required
 */
@ConfigurationProperties("aether.projections")
public record ProjectionsSettings(
        String jdbcUrl,
        String user,
        @DefaultValue("") String password,
        @DefaultValue("view") String schema,
        String kafkaBootstrapServers,
        @DefaultValue("aether.events.v1") String eventsTopic,
        @DefaultValue("aether.wanted.v1") String wantedTopic,
        Path tokenFile) {

    public ProjectionsSettings {
        required("jdbc-url", jdbcUrl);
        required("user", user);
        required("kafka-bootstrap-servers", kafkaBootstrapServers);
        required("token-file", tokenFile);
    }

    /** Where the views are kept. */
    public DatabaseSettings database() {
        return new DatabaseSettings(jdbcUrl, user, password, schema);
    }

    /** Where events come from. */
    public KafkaSettings kafka() {
        return new KafkaSettings(kafkaBootstrapServers, eventsTopic, wantedTopic);
    }

    @Override
    public String toString() {
        return "ProjectionsSettings[jdbcUrl=%s, user=%s, password=[hidden], schema=%s, kafkaBootstrapServers=%s, "
                        .formatted(jdbcUrl, user, schema, kafkaBootstrapServers)
                + "eventsTopic=%s, wantedTopic=%s, tokenFile=%s]".formatted(eventsTopic, wantedTopic, tokenFile);
    }

    /** The binder passes null for what is not set, whatever the type says. */
    private static void required(String name, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "Expected a value of aether.projections." + name + ", but there is none.");
        }
    }
}
