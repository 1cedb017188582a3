package aether.standalone.platform;

import aether.command.CommandServiceConfiguration;
import aether.command.reports.ServiceCommands;
import aether.projection.ProjectionsConfiguration;
import aether.reconcile.ReconcileWorkersConfiguration;
import aether.reconcile.WorkerCommands;
import org.axonframework.springboot.autoconfig.AxonTimeoutAutoConfiguration;
import org.axonframework.springboot.autoconfig.CBORMapperAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.JpaAutoConfiguration;
import org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration;
import org.axonframework.springboot.autoconfig.ObjectMapperAutoConfiguration;
import org.axonframework.springboot.autoconfig.TransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.UpdateCheckerAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Command service, workers and projections in one context; only the workers' way to the command service differs. */
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
@Import({CommandServiceConfiguration.class, ReconcileWorkersConfiguration.class, ProjectionsConfiguration.class})
class StandaloneConfiguration {

    @Bean
    WorkerCommands workerCommands(ServiceCommands commands) {
        return new WorkerCommands(new InProcessCommands(commands));
    }
}
