package aether.projection;

import aether.projection.database.ViewDatabase;
import aether.projection.intake.Intakes;
import aether.projection.rebuild.Rebuild;
import aether.projection.rebuild.RebuildFailedException;
import java.sql.SQLException;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * This room as a process of its own: {@code projections} serves queries until it is told to stop, {@code projections
 * rebuild} builds all views again and ends.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(ProjectionsSettings.class)
@Import(ProjectionsConfiguration.class)
public class ProjectionsApplication {

    private static final String REBUILD = "rebuild";

    /** The process's main. */
    public static void main(String[] arguments) {
        if (Arrays.asList(arguments).contains(REBUILD)) {
            System.exit(rebuild(arguments));
        }
        SpringApplication.run(ProjectionsApplication.class, arguments);
    }

    @Bean
    HealthCheck projectionsHealthCheck() {
        return new HealthCheck();
    }

    /** What a rebuild needs of the configuration: the settings, and nothing that is running. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ProjectionsSettings.class)
    static class SettingsOnly {}

    private static int rebuild(String[] arguments) {
        SpringApplication application = new SpringApplication(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            ProjectionsSettings settings = context.getBean(ProjectionsSettings.class);
            try (ViewDatabase database = new ViewDatabase(settings.database());
                    Intakes intakes = new Intakes(settings.kafka(), System::nanoTime)) {
                System.out.println("Rebuilt: " + new Rebuild(database, intakes, System::nanoTime).run());
                return 0;
            }
        } catch (SQLException | RebuildFailedException e) {
            System.err.println("The views were not rebuilt: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
