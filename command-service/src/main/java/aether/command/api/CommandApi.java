package aether.command.api;

import aether.command.access.Identities;
import aether.command.access.RateLimit;
import aether.command.audit.AuditWriter;
import aether.command.dispatch.CommandDispatcher;
import aether.command.exports.AuditExports;
import aether.command.exports.ExportTrail;
import aether.command.forgetting.Forgetting;
import aether.command.gateway.ClientCertificates;
import aether.command.gateway.KubeconfigSource;
import aether.command.manifest.Manifests;
import aether.command.privacy.PrivacySettings;
import aether.command.privacy.Pseudonyms;
import aether.command.privacy.SubjectKeys;
import aether.command.reconciliation.LogHolding;
import aether.command.reports.ServiceCommands;
import aether.command.streams.Streams;
import aether.command.strict.EntryProofs;
import aether.command.strict.FirstTries;
import aether.command.strict.StrictSettings;
import aether.format.EventCodec;
import aether.format.JsonCommandCodec;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the command API together. */
@Configuration(proxyBeanMethods = false)
public class CommandApi {

    /**
     * What the API is built upon.
     *
     * @param shard the name of this service's audit stream
     * @param openRegions the names of the open regions
     * @param ids ids for requests and commands
     * @param pseudonyms what stands for people in the trail
     * @param keys the data subjects' keys
     * @param forgetting forgets people
     * @param privacy what laws want kept
     * @param exports makes exports of the trail
     * @param exportTrail notes them
     * @param holding what the log holds
     * @param proofs proves what is sealed
     * @param firstTries finds what a request that is sent again left before
     * @param codec events as the log keeps them
     * @param strict which actions answer with a proof only
     * @param clock when something is asked for
     */
    public record Parts(
            CommandDispatcher dispatcher,
            Streams streams,
            Manifests manifests,
            ServiceCommands serviceCommands,
            Identities identities,
            RateLimit rateLimit,
            AuditWriter audit,
            KubeconfigSource kubeconfigs,
            ClientCertificates certificates,
            String shard,
            List<String> openRegions,
            Supplier<UUID> ids,
            Pseudonyms pseudonyms,
            SubjectKeys keys,
            Forgetting forgetting,
            PrivacySettings privacy,
            AuditExports exports,
            ExportTrail exportTrail,
            LogHolding holding,
            EntryProofs proofs,
            FirstTries firstTries,
            EventCodec codec,
            StrictSettings strict,
            InstantSource clock) {
        public Parts {
            openRegions = List.copyOf(openRegions);
        }
    }

    @Bean
    WebMvcConfigurer commandGate(Parts parts) {
        Gate gate = new Gate(parts.identities(), parts.rateLimit(), parts.audit(), parts.ids(), parts.pseudonyms());
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                var unused = registry.addInterceptor(gate);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerResolver());
            }
        };
    }

    @Bean
    CommandProblems commandProblems(Parts parts) {
        return new CommandProblems(parts.audit());
    }

    @Bean
    RouteProblems commandRouteProblems() {
        return new RouteProblems();
    }

    @Bean
    StrictMode strictMode(Parts parts) {
        return new StrictMode(parts.proofs(), parts.strict(), parts.firstTries());
    }

    @Bean
    SettledChanges settledChanges(StrictMode strict) {
        return new SettledChanges(strict);
    }

    @Bean
    ProofController proofController(Parts parts) {
        return new ProofController(parts.proofs(), new Places(parts.streams()), parts.codec());
    }

    @Bean
    AuditRecordController auditRecordController(Parts parts, StrictMode strict) {
        return new AuditRecordController(parts.dispatcher(), new JsonCommandCodec(), strict);
    }

    @Bean
    ManifestController manifestController(Parts parts) {
        return new ManifestController(parts.manifests());
    }

    @Bean
    OrganizationController organizationCommandController(Parts parts) {
        return new OrganizationController(parts.dispatcher(), new Places(parts.streams()));
    }

    @Bean
    ClusterController clusterCommandController(Parts parts, StrictMode strict) {
        return new ClusterController(
                parts.dispatcher(),
                new Places(parts.streams()),
                parts.streams(),
                parts.openRegions(),
                strict,
                parts.clock());
    }

    @Bean
    LifeController lifeController(Parts parts) {
        return new LifeController(parts.dispatcher(), new Places(parts.streams()), parts.streams(), parts.clock());
    }

    @Bean
    RotationController rotationController(Parts parts) {
        return new RotationController(parts.dispatcher(), new Places(parts.streams()), parts.streams(), parts.clock());
    }

    @Bean
    HibernationController hibernationController(Parts parts) {
        return new HibernationController(parts.dispatcher(), new Places(parts.streams()), parts.streams());
    }

    @Bean
    NodePoolController nodePoolCommandController(Parts parts, StrictMode strict) {
        return new NodePoolController(parts.dispatcher(), new Places(parts.streams()), parts.streams(), strict);
    }

    @Bean
    KubeconfigController kubeconfigController(Parts parts, StrictMode strict) {
        return new KubeconfigController(
                parts.kubeconfigs(), parts.dispatcher(), new Places(parts.streams()), parts.shard(), strict);
    }

    @Bean
    CredentialController credentialController(Parts parts, StrictMode strict) {
        return new CredentialController(
                parts.kubeconfigs(), parts.certificates(), parts.dispatcher(), new Places(parts.streams()), strict);
    }

    @Bean
    AuditExportController auditExportController(Parts parts, StrictMode strict) {
        return new AuditExportController(parts.exports(), parts.exportTrail(), new Places(parts.streams()), strict);
    }

    @Bean
    NameController nameController(Parts parts) {
        return new NameController(parts.keys());
    }

    @Bean
    BillingContactController billingContactController(Parts parts) {
        return new BillingContactController(
                parts.dispatcher(), new Places(parts.streams()), parts.streams(), parts.keys());
    }

    @Bean
    PrivacyController privacyController(Parts parts, StrictMode strict) {
        return new PrivacyController(
                parts.forgetting(),
                parts.keys(),
                parts.dispatcher(),
                parts.streams(),
                parts.identities(),
                parts.privacy(),
                strict);
    }

    @Bean
    ServiceCommandController serviceCommandController(Parts parts) {
        return new ServiceCommandController(parts.serviceCommands(), new JsonCommandCodec());
    }

    @Bean
    LogController logController(Parts parts) {
        return new LogController(parts.holding());
    }
}
