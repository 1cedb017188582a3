package aether.command;

import java.util.Map;
import org.axonframework.springboot.autoconfig.AxonTimeoutAutoConfiguration;
import org.axonframework.springboot.autoconfig.CBORMapperAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.JpaAutoConfiguration;
import org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration;
import org.axonframework.springboot.autoconfig.ObjectMapperAutoConfiguration;
import org.axonframework.springboot.autoconfig.TransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.UpdateCheckerAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The command service as a process of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            AxonTimeoutAutoConfiguration.class,
            CBORMapperAutoConfiguration.class,
            JdbcAutoConfiguration.class,
            JpaAutoConfiguration.class,
            JpaEventStoreAutoConfiguration.class,
            KafkaAutoConfiguration.class,
            ObjectMapperAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            UpdateCheckerAutoConfiguration.class,
            XStreamAutoConfiguration.class
        })
@EnableConfigurationProperties(CommandServiceSettings.class)
@Import({CommandServiceConfiguration.class, ServicePages.class})
public class CommandServiceApplication {

    /** Threads that wait for the log cost nothing, and a client is given time to finish at the end. */
    static final Map<String, Object> DEFAULTS = Map.of(
            "spring.threads.virtual.enabled", "true",
            "spring.main.banner-mode", "off",
            "server.shutdown", "graceful",
            "spring.lifecycle.timeout-per-shutdown-phase", "10s");

    @Bean
    Surroundings surroundings() {
        return Surroundings.real();
    }

    /** Starts the service. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    static SpringApplication application() {
        SpringApplication application = new SpringApplication(CommandServiceApplication.class);
        application.setDefaultProperties(DEFAULTS);
        return application;
    }
}
