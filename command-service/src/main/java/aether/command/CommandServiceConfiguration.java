package aether.command;

import aether.command.access.Identities;
import aether.command.access.RateLimit;
import aether.command.admission.AdmissionServer;
import aether.command.admission.AdmissionSettings;
import aether.command.api.CommandApi;
import aether.command.audit.AuditWriter;
import aether.command.audit.ClockSteps;
import aether.command.audit.Refusals;
import aether.command.dispatch.Appends;
import aether.command.dispatch.AxonCommands;
import aether.command.dispatch.CommandDispatcher;
import aether.command.door.Door;
import aether.command.exports.ArchiverExports;
import aether.command.exports.AuditExports;
import aether.command.exports.ExportTrail;
import aether.command.exports.RecordedTrail;
import aether.command.forgetting.Forgetting;
import aether.command.forgetting.ForgettingRounds;
import aether.command.gateway.CertManagerClients;
import aether.command.gateway.ClientCertificates;
import aether.command.gateway.GatewayParts;
import aether.command.gateway.KubeconfigSource;
import aether.command.gateway.SecretKubeconfigs;
import aether.command.manifest.Manifests;
import aether.command.privacy.PersonalKeys;
import aether.command.privacy.PersonalSeam;
import aether.command.privacy.Pseudonyms;
import aether.command.privacy.SubjectKeys;
import aether.command.reconciliation.LogHolding;
import aether.command.region.Regions;
import aether.command.reports.ServiceCommands;
import aether.command.streams.Streams;
import aether.command.strict.EntryProofs;
import aether.command.strict.FirstTries;
import aether.command.strict.HttpProofSource;
import aether.command.strict.ProofSource;
import aether.domain.cluster.Channel;
import aether.format.Envelope;
import aether.store.axon.AggregateCache;
import aether.store.axon.LogEventStorageEngine;
import aether.store.axon.LogEventStore;
import aether.store.axon.LogMessageSource;
import java.security.SecureRandom;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.ConfigurerModule;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/**
 * The command service, put together by hand. It wants beans {@link CommandServiceSettings} and {@link Surroundings},
 * and Axon's auto-configuration without what would look for XStream, JPA or a DataSource.
 */
@Configuration(proxyBeanMethods = false)
@Import(CommandApi.class)
@PropertySource("classpath:aether/command/axon.properties")
public class CommandServiceConfiguration {

    /** A few kilobytes each: what a busy installation touches within minutes. */
    private static final long CACHED_AGGREGATES = 20_000;

    @Bean
    ClockSteps clockSteps() {
        return new ClockSteps();
    }

    @Bean
    CommandLog commandLog(CommandServiceSettings settings, ClockSteps clockSteps) {
        return CommandLog.open(settings.database(), clockSteps);
    }

    @Bean
    Appends appends() {
        return new Appends();
    }

    @Bean
    AggregateCache aggregateCache() {
        return new AggregateCache(CACHED_AGGREGATES);
    }

    @Bean
    Streams streams(CommandLog log) {
        return new Streams(log.reader(), log.codec());
    }

    @Bean
    PersonalKeys personalKeys(CommandServiceSettings settings, CommandLog migrated, Surroundings surroundings) {
        return PersonalKeys.open(
                settings.database().as(settings.database().appender()),
                settings.masterKeyFile(),
                surroundings.ids(),
                surroundings.secrets());
    }

    @Bean(destroyMethod = "") // the keys' owner closes them
    SubjectKeys subjectKeys(PersonalKeys personal) {
        return personal.keys();
    }

    @Bean
    Forgetting forgetting(
            PersonalKeys personal,
            CommandDispatcher dispatcher,
            Streams streams,
            Identities identities,
            CommandServiceSettings settings,
            Surroundings surroundings) {
        return new Forgetting(personal, dispatcher, streams, identities, settings.privacy(), surroundings.clock());
    }

    @Bean(destroyMethod = "") // the lifecycle closes them
    ForgettingRounds forgettingRounds(Forgetting forgetting) {
        return new ForgettingRounds(forgetting);
    }

    @Bean
    Pseudonyms pseudonyms(SubjectKeys keys) {
        return new Pseudonyms(keys);
    }

    @Bean
    LogEventStore commandEventStore(
            CommandLog log, Appends appends, Streams streams, SubjectKeys keys, Surroundings surroundings) {
        LogEventStore store = new LogEventStore(
                new LogEventStorageEngine(log.writer(), log.reader(), log.codec(), appends::stored),
                new LogMessageSource(log.reader(), log.signal(), log.codec()));
        AxonCommands.nameTenants(store, streams);
        AxonCommands.takeNamesOut(store, new PersonalSeam(keys, surroundings.secrets()));
        return store;
    }

    @Bean
    CommandBus commandBus() {
        return AxonCommands.bus();
    }

    @Bean
    ConfigurerModule commandAggregates(AggregateCache cache) {
        return AxonCommands.aggregates(cache);
    }

    @Bean
    CommandDispatcher commandDispatcher(
            CommandBus commandBus, Appends appends, AggregateCache cache, CommandLog log, Surroundings surroundings) {
        return new CommandDispatcher(commandBus, appends, cache, log.reader()::head, surroundings.random());
    }

    @Bean
    ServiceCommands serviceCommands(CommandDispatcher dispatcher) {
        return new ServiceCommands(dispatcher);
    }

    @Bean
    EntryProofs entryProofs(
            CommandServiceSettings settings,
            CommandLog log,
            Surroundings surroundings,
            ObjectProvider<ProofSource> sealedHere) {
        ProofSource source = sealedHere.getIfAvailable(
                () -> new HttpProofSource(settings.strict().archivers(), surroundings.nanoTime()));
        if (source instanceof HttpProofSource
                && !settings.strict().classes().isEmpty()
                && settings.strict().archivers().isEmpty()) {
            throw new IllegalArgumentException("Expected the setting aether.command.strict.archivers beside"
                    + " aether.command.strict.classes, but it is missing.");
        }
        return new EntryProofs(source, log.reader(), new Envelope(settings.installation(), log.codec()));
    }

    @Bean
    LogHolding logHolding(CommandServiceSettings settings, CommandLog log) {
        return new LogHolding(log.reader(), new Envelope(settings.installation(), log.codec()));
    }

    @Bean
    Manifests manifests(
            Streams streams, CommandDispatcher dispatcher, CommandServiceSettings settings, Surroundings surroundings) {
        return new Manifests(streams, dispatcher, settings.regionNames(), Channel.API, surroundings.clock());
    }

    @Bean
    Identities identities(CommandServiceSettings settings) {
        return Identities.of(settings.tokenFile());
    }

    @Bean
    AuditWriter auditWriter(
            CommandServiceSettings settings,
            CommandDispatcher dispatcher,
            Surroundings surroundings,
            Pseudonyms pseudonyms) {
        return new AuditWriter(
                settings.instance(), dispatcher, new Refusals(surroundings.clock()), surroundings.ids(), pseudonyms);
    }

    @Bean
    Regions regions(CommandServiceSettings settings, CommandDispatcher dispatcher, Surroundings surroundings) {
        return new Regions(settings.regions(), dispatcher, surroundings.ids());
    }

    @Bean
    KubeconfigSource kubeconfigSource(CommandServiceSettings settings) {
        return settings.managementCluster().isConfigured()
                ? SecretKubeconfigs.of(settings.managementCluster())
                : KubeconfigSource.NONE;
    }

    @Bean
    ClientCertificates clientCertificates(CommandServiceSettings settings) {
        return settings.managementCluster().isConfigured()
                ? CertManagerClients.of(settings.managementCluster(), new SecureRandom())
                : ClientCertificates.NONE;
    }

    @Bean
    ArchiverExports auditExports(CommandServiceSettings settings) {
        return new ArchiverExports(settings.archiver());
    }

    @Bean
    ExportTrail exportTrail(CommandDispatcher dispatcher, Surroundings surroundings) {
        return new RecordedTrail(dispatcher, surroundings.ids());
    }

    @Bean(destroyMethod = "") // the lifecycle closes it
    Door door(CommandServiceSettings settings, CommandLog log, Surroundings surroundings) {
        return Door.of(
                log.reader(),
                new Envelope(settings.installation(), log.codec()),
                settings.database().as(settings.database().saga()),
                settings.kafka().door(),
                surroundings.nanoTime());
    }

    @Bean
    @ConditionalOnProperty("aether.command.gateway.admission.port")
    AdmissionServer admissionServer(CommandServiceSettings settings) {
        AdmissionSettings admission = settings.gateway().admission();
        if (admission == null) {
            throw new IllegalStateException("Expected the webhook's settings beside its port, but there are none.");
        }
        return AdmissionServer.start(admission);
    }

    @Bean
    GatewayParts gatewayParts(
            CommandServiceSettings settings,
            CommandLog log,
            Streams streams,
            CommandDispatcher dispatcher,
            Surroundings surroundings) {
        return new GatewayParts(
                streams,
                new Manifests(streams, dispatcher, settings.regionNames(), Channel.KUBERNETES, surroundings.clock()),
                dispatcher,
                log.reader(),
                log.codec(),
                surroundings.ids(),
                surroundings.clock(),
                surroundings.nanoTime());
    }

    @Bean
    CommandServiceLifecycle commandServiceLifecycle(
            CommandServiceSettings settings,
            Regions regions,
            ClockSteps clockSteps,
            AuditWriter audit,
            Door door,
            ForgettingRounds forgetting,
            GatewayParts gateway) {
        return new CommandServiceLifecycle(
                regions,
                clockSteps,
                audit,
                door,
                forgetting,
                settings.gateway().enabled() ? gateway.loop(settings.managementCluster(), settings.gateway()) : null);
    }

    @Bean
    CommandApi.Parts commandApiParts(
            CommandServiceSettings settings,
            Surroundings surroundings,
            CommandDispatcher dispatcher,
            Streams streams,
            Manifests manifests,
            ServiceCommands serviceCommands,
            Identities identities,
            AuditWriter audit,
            KubeconfigSource kubeconfigs,
            ClientCertificates certificates,
            Pseudonyms pseudonyms,
            SubjectKeys keys,
            Forgetting forgetting,
            AuditExports exports,
            ExportTrail exportTrail,
            LogHolding holding,
            EntryProofs proofs,
            CommandLog log) {
        return new CommandApi.Parts(
                dispatcher,
                streams,
                manifests,
                serviceCommands,
                identities,
                new RateLimit(surroundings.nanoTime()),
                audit,
                kubeconfigs,
                certificates,
                settings.instance(),
                settings.regionNames(),
                surroundings.ids(),
                pseudonyms,
                keys,
                forgetting,
                settings.privacy(),
                exports,
                exportTrail,
                holding,
                proofs,
                new FirstTries(log.reader(), log.codec()),
                log.codec(),
                settings.strict(),
                surroundings.clock());
    }
}
