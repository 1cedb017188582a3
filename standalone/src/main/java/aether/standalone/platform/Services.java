package aether.standalone.platform;

import aether.command.CommandServiceSettings;
import aether.command.Surroundings;
import aether.command.door.DoorSettings;
import aether.command.exports.ArchiverLink;
import aether.command.gateway.GatewaySettings;
import aether.command.gateway.ManagementClusterSettings;
import aether.command.privacy.PrivacySettings;
import aether.command.region.RegionPlan;
import aether.command.strict.ProofSource;
import aether.command.strict.StrictSettings;
import aether.projection.ProjectionsSettings;
import aether.reconcile.PublicNaming;
import aether.reconcile.ReconcileWorkersSettings;
import aether.reconcile.render.RenderingOptions;
import aether.sandbox.Sandbox;
import aether.store.schema.LogSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The three services that share one Spring context, and what each is told. */
final class Services {

    /** The schema of the live views. */
    static final String VIEWS = "view";

    /** Worker subnets 10.64.0.0/24 to 10.127.255.0/24 and addresses for 1,021 load balancers. */
    private static final List<RegionPlan> REGIONS =
            List.of(new RegionPlan(PlatformSettings.REGION, "10.64.0.0/10", "10.128.0.0/22", 1_000, 9_999));

    /** More would only wait for two cores. */
    private static final int WORKER_CONCURRENCY = 16;

    /** Events wake the workers; this finds what happened in the world without one. */
    private static final Duration RESYNC = Duration.ofSeconds(10);

    private Services() {}

    static ConfigurableApplicationContext start(
            int port,
            DataDirectory directory,
            RoleSecrets secrets,
            Databases databases,
            String bootstrapServers,
            Sandbox sandbox,
            ArchiverLink archiver,
            ArchiverProofs proofs,
            StrictSettings strict) {
        SpringApplication application = new SpringApplication(StandaloneConfiguration.class);
        application.setRegisterShutdownHook(false); // the platform closes its parts in its own order
        application.setDefaultProperties(Map.of(
                "server.port", port,
                "server.address", "127.0.0.1",
                "server.shutdown", "graceful",
                "spring.lifecycle.timeout-per-shutdown-phase", "5s",
                "spring.threads.virtual.enabled", "true",
                "spring.main.banner-mode", "off",
                "spring.jmx.enabled", "false",
                "spring.main.log-startup-info", "false"));
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(ProofSource.class, () -> proofs);
            beans.registerBean(Surroundings.class, Surroundings::real);
            beans.registerBean(
                    CommandServiceSettings.class,
                    () -> command(directory, secrets, databases, bootstrapServers, sandbox, archiver, strict));
            beans.registerBean(
                    ReconcileWorkersSettings.class,
                    () -> workers(secrets, databases, sandbox, etcd(beans), publicNames(beans)));
            beans.registerBean(
                    ProjectionsSettings.class, () -> projections(directory, secrets, databases, bootstrapServers));
        });
        return application.run();
    }

    private static CommandServiceSettings command(
            DataDirectory directory,
            RoleSecrets secrets,
            Databases databases,
            String bootstrapServers,
            Sandbox sandbox,
            ArchiverLink archiver,
            StrictSettings strict) {
        return new CommandServiceSettings(
                PlatformSettings.INSTALLATION,
                "command-1",
                directory.tokenFile(),
                new CommandServiceSettings.Database(
                        databases.logUrl(),
                        new CommandServiceSettings.Login(
                                LogSchema.APPENDER, secrets.roles().appender()),
                        new CommandServiceSettings.Login(
                                LogSchema.SAGA, secrets.roles().saga()),
                        null,
                        null),
                new CommandServiceSettings.Kafka(
                        bootstrapServers,
                        DoorSettings.TOPIC,
                        DoorSettings.WANTED_TOPIC,
                        PlatformSettings.PARTITIONS,
                        (short) 1),
                REGIONS,
                new ManagementClusterSettings(null, sandbox.url().toString(), sandbox.tokenFile(), null),
                new GatewaySettings(true, true, null),
                new PrivacySettings(directory.masterKey(), Map.of()),
                archiver,
                strict);
    }

    /** Off unless somebody has an ACME server and says so, as where the workers are a process of their own. */
    private static @Nullable PublicNaming publicNames(GenericApplicationContext context) {
        return Binder.get(context.getEnvironment())
                .bind("aether.workers.public-names", PublicNaming.class)
                .orElse(null);
    }

    /** Off unless somebody says so: one machine's etcds go with its data directory. */
    private static ReconcileWorkersSettings.@Nullable Etcd etcd(GenericApplicationContext context) {
        return Binder.get(context.getEnvironment())
                .bind("aether.workers.etcd", ReconcileWorkersSettings.Etcd.class)
                .orElse(null);
    }

    private static ReconcileWorkersSettings workers(
            RoleSecrets secrets,
            Databases databases,
            Sandbox sandbox,
            ReconcileWorkersSettings.@Nullable Etcd etcd,
            @Nullable PublicNaming publicNames) {
        return new ReconcileWorkersSettings(
                "workers-1",
                new ReconcileWorkersSettings.Database(
                        databases.logUrl(),
                        new ReconcileWorkersSettings.Login(
                                LogSchema.READER, secrets.roles().reader()),
                        new ReconcileWorkersSettings.Login(
                                LogSchema.SAGA, secrets.roles().saga())),
                null,
                new ReconcileWorkersSettings.Remote(sandbox.url(), sandbox.tokenFile(), null),
                new ReconcileWorkersSettings.Remote(sandbox.url().resolve("/hypervisor"), sandbox.tokenFile(), null),
                true,
                null,
                etcd,
                true, // of versions for which there is a program, which are simulated here
                RenderingOptions.PRIVATE_NETWORKS,
                publicNames,
                WORKER_CONCURRENCY,
                RESYNC,
                RESYNC, // few tenants: each has a look at every resync
                0);
    }

    private static ProjectionsSettings projections(
            DataDirectory directory, RoleSecrets secrets, Databases databases, String bootstrapServers) {
        return new ProjectionsSettings(
                databases.viewsUrl(),
                databases.viewsRole(),
                secrets.views(),
                VIEWS,
                bootstrapServers,
                DoorSettings.TOPIC,
                DoorSettings.WANTED_TOPIC,
                directory.tokenFile());
    }
}
