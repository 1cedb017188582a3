package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.CommandDispatcher;
import aether.command.gateway.ClientCertificates;
import aether.command.gateway.ClientCredential;
import aether.command.gateway.KubeconfigSource;
import aether.command.gateway.SigningRefused;
import aether.command.gateway.UserKubeconfig;
import aether.command.request.Fields;
import aether.command.request.Rejections;
import aether.command.request.RequestRefused;
import aether.command.request.Violations;
import aether.command.strict.ActionClass;
import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterRejection;
import aether.domain.cluster.CredentialDecider;
import aether.domain.cluster.CredentialReason;
import aether.domain.kernel.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has short-lived kubeconfigs made, each for one purpose; what nobody knows of must not leave. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/clusters/{cluster}/kubeconfigs")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class CredentialController {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    /** Whose name the tenant's own audit log has. */
    private static final String CREDENTIAL = "Aether-Credential";

    /** A working day. */
    private static final int HOURS = 8;

    private final KubeconfigSource source;
    private final ClientCertificates certificates;
    private final CommandDispatcher dispatcher;
    private final Places places;
    private final StrictMode strict;

    CredentialController(
            KubeconfigSource source,
            ClientCertificates certificates,
            CommandDispatcher dispatcher,
            Places places,
            StrictMode strict) {
        this.source = source;
        this.certificates = certificates;
        this.dispatcher = dispatcher;
        this.places = places;
        this.strict = strict;
    }

    private record Wanted(List<String> groups, int hours, CredentialReason reason, String reference) {

        static Wanted read(Fields fields, Violations violations) {
            List<String> groups = fields.texts("groups");
            int hours = fields.optionalWhole("hours").orElse(HOURS);
            if (hours < 1 || hours > CredentialDecider.MAX_HOURS) {
                violations.broken(
                        fields.path("hours"),
                        "out_of_range",
                        "Expected 1 to " + CredentialDecider.MAX_HOURS + " hours, but got " + hours + ".");
            }
            CredentialReason reason = fields.word("reason", CredentialReason.values());
            return new Wanted(
                    groups, hours, reason, fields.optionalText("reference").orElse(""));
        }
    }

    @PostMapping
    ResponseEntity<Object> issue(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        Wanted wanted = Body.read(request, Wanted::read);
        CredentialDecider.check(found.state(), wanted.groups(), wanted.reference())
                .ifPresent(CredentialController::refuse);
        String administrators = source.read(found.id())
                .orElseThrow(() -> new RequestRefused(
                        404,
                        "kubeconfig_not_ready",
                        "Expected a cluster whose API can be reached, but nobody has written where it is."));
        UUID id = caller.newIds().get();
        ClientCredential credential = signed(
                found,
                new ClientCertificates.Wish(
                        id,
                        wanted.groups(),
                        Duration.ofHours(wanted.hours()),
                        CertificateAuthority.CLUSTER.certificate(
                                found.state().authorities().cluster().signsClients())));
        long position = Answers.accepted(
                dispatcher.dispatch(caller.envelope(new ClusterCommand.RecordCredentialIssued(
                        found.id(),
                        id,
                        wanted.groups(),
                        credential.fingerprint(),
                        credential.notAfter(),
                        wanted.reason(),
                        wanted.reference()))),
                field -> field);
        String name = found.state().request() == null
                ? found.id().toString()
                : found.state().request().name();
        return strict.settle(
                caller,
                ActionClass.SECRET_READS,
                position,
                ResponseEntity.status(HttpStatus.CREATED)
                        .contentType(YAML)
                        .cacheControl(CacheControl.noStore())
                        .header(Answers.POSITION, Long.toString(position))
                        .header(CREDENTIAL, id.toString())
                        .body(UserKubeconfig.of(administrators, name, credential)));
    }

    private static void refuse(ClusterRejection rejection) {
        throw Rejections.refused(Outcome.Refused.of(rejection), rejection.field());
    }

    private ClientCredential signed(Places.Cluster found, ClientCertificates.Wish wish) {
        try {
            return certificates.issue(found.id(), wish);
        } catch (SigningRefused refused) {
            throw new RequestRefused(502, "signing_refused", String.valueOf(refused.getMessage()));
        }
    }
}
