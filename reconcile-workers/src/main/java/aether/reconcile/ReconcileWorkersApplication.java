package aether.reconcile;

import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.report.HttpCommandPort;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The workers as a process of their own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            AxonTimeoutAutoConfiguration.class,
            CBORMapperAutoConfiguration.class,
            JdbcAutoConfiguration.class,
            JpaAutoConfiguration.class,
            JpaEventStoreAutoConfiguration.class,
            ObjectMapperAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            UpdateCheckerAutoConfiguration.class,
            XStreamAutoConfiguration.class
        })
@EnableConfigurationProperties(ReconcileWorkersSettings.class)
@Import(ReconcileWorkersConfiguration.class)
public class ReconcileWorkersApplication {

    static final Map<String, Object> DEFAULTS = Map.of(
            "spring.main.banner-mode", "off",
            "spring.main.web-application-type", "none",
            "spring.main.keep-alive", "true",
            // Says every absence of the management cluster with a page of stack; our loop says it once, in a line.
            "logging.level.io.fabric8.kubernetes.client.informers.impl.cache.Reflector", "error",
            "spring.lifecycle.timeout-per-shutdown-phase", "20s");

    @Bean
    WorkerCommands workerCommands(ReconcileWorkersSettings settings) {
        ReconcileWorkersSettings.Remote service = settings.commandService();
        if (service == null) {
            throw new IllegalArgumentException("Expected aether.workers.command-service.url, but it is missing.");
        }
        return new WorkerCommands(new HttpCommandPort(service.url(), service.token()));
    }

    @Bean
    HealthServer healthServer(ReconcileWorkersSettings settings, WorkersHealth health, DesiredWorld desired) {
        return new HealthServer(settings.healthPort(), health, new CertificateMetrics(desired));
    }

    /** Starts the workers. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    static SpringApplication application() {
        SpringApplication application = new SpringApplication(ReconcileWorkersApplication.class);
        application.setDefaultProperties(DEFAULTS);
        return application;
    }
}
