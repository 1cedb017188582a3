package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.samples.Samples;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsDeciderTest {

    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBeTCCAR+gAwIBAgIUAL3D8hJxCaWIJtK1U+m5eOmfm4wwCgYIKoZIzj0EAwIw
            EjEQMA4GA1UEAwwHZXhhbXBsZTAeFw0yNjExMzAwNTA2NThaFw0zNjExMjcwNTA2
            NThaMBIxEDAOBgNVBAMMB2V4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AAQQKH53zRm+d/4caSNcFWdLspzJp/TZSylSMt6fFoIPs9Wp7lcKN3LgF15yncxD
            RLJP0YEkZLDQmlPuKV13QcdPo1MwUTAdBgNVHQ4EFgQUPYmHL28bbpqLwGPiV+TM
            N3LYAGEwHwYDVR0jBBgwFoAUPYmHL28bbpqLwGPiV+TMN3LYAGEwDwYDVR0TAQH/
            BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA03aoV5Hsnp4HB2GsCore4FxjncZc
            vrRwo4X5XVnQYyICIBYWNVloD8EFgN+hJMt6tJYc0iR8L5ogQK58eIvK8hLV
            -----END CERTIFICATE-----
            """;

    private static ClusterState running() {
        return ClusterState.ABSENT
                .apply(new ClusterEvent.ClusterRequested(
                        Samples.CLUSTER,
                        Samples.ORGANIZATION,
                        "shop",
                        Samples.REGION,
                        Samples.VERSION,
                        true,
                        Channel.API))
                .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));
    }

    private static Decision<ClusterRejection> set(
            ClusterState state, @Nullable OidcSettings oidc, @Nullable ExtraArgs args) {
        return ClusterDecider.decide(state, new ClusterCommand.ConfigureControlPlane(Samples.CLUSTER, oidc, args));
    }

    private static ClusterState after(ClusterState state, @Nullable OidcSettings oidc, @Nullable ExtraArgs args) {
        ClusterState next = state;
        if (set(state, oidc, args) instanceof Decision.Accepted<ClusterRejection> accepted) {
            for (var event : accepted.events()) {
                next = next.apply((ClusterEvent) event);
            }
        }
        return next;
    }

    private static String field(Decision<ClusterRejection> decision) {
        return decision instanceof Decision.Refused<ClusterRejection> refused
                ? refused.rejection().field()
                : "accepted";
    }

    @Test
    void whatIsLeftOutStaysAndWhatIsRepeatedChangesNothing() {
        ClusterState both = after(after(running(), Samples.OIDC, null), null, Samples.EXTRA_ARGS);

        assertThat(both.settings()).isEqualTo(new ControlPlaneSettings(Samples.OIDC, Samples.EXTRA_ARGS));
        assertThat(set(both, Samples.OIDC, Samples.EXTRA_ARGS)).isEqualTo(Decision.unchanged());
        assertThat(after(both, OidcSettings.NONE, null).settings())
                .isEqualTo(new ControlPlaneSettings(OidcSettings.NONE, Samples.EXTRA_ARGS));
    }

    @Test
    void nothingIsSetOfAClusterThatGoes() {
        ClusterState leaving = running()
                .apply(new ClusterEvent.ClusterDeletionRequested(
                        Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, List.of()));

        assertThat(field(set(leaving, Samples.OIDC, null))).isEqualTo("status");
    }

    private static OidcSettings oidc(String field, String value) {
        OidcSettings good = Samples.OIDC;
        return new OidcSettings(
                field.equals("issuer_url") ? value : good.issuerUrl(),
                field.equals("client_id") ? value : good.clientId(),
                field.equals("username_claim") ? value : good.usernameClaim(),
                field.equals("username_prefix") ? value : good.usernamePrefix(),
                field.equals("groups_claim") ? value : good.groupsClaim(),
                field.equals("groups_prefix") ? value : good.groupsPrefix(),
                field.equals("certificate_authority") ? value : good.certificateAuthority());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "issuer_url,http://login.example",
                "issuer_url,``",
                "issuer_url,https://user@login.example",
                "issuer_url,https://login.example/?a=b",
                "issuer_url,https://login.example/#here",
                "issuer_url,https:///path",
                "issuer_url,https://login.example/$(HOME)",
                "issuer_url,login.example",
                "issuer_url,https://login.example:99999",
                "issuer_url,https://login..example",
                "issuer_url,https://login.example/%zz",
                "client_id,``",
                "client_id,two words",
                "client_id,$(HOME)",
                "username_claim,``",
                "username_claim,a b",
                "username_prefix,``",
                "username_prefix,-",
                "username_prefix,system:",
                "groups_claim,a\"b",
                "groups_prefix,``",
                "groups_prefix,system:masters",
                "certificate_authority,text",
                "certificate_authority,-----BEGIN PRIVATE KEY----- MIIB -----END PRIVATE KEY-----",
                "certificate_authority,-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----",
            })
    void refusesAnIdentityProviderByTheFieldThatIsWrong(String field, String value) {
        assertThat(field(set(running(), oidc(field, value), null))).isEqualTo("oidc." + field);
    }

    @Test
    void takesWholeCertificatesAndNoneThatIsCut() {
        OidcSettings two = oidc("certificate_authority", CERTIFICATE + CERTIFICATE);
        String cut = CERTIFICATE.replaceFirst("(?m)^.*\n(-----END)", "$1");

        assertThat(after(running(), two, null).settings().oidc()).isEqualTo(two);
        assertThat(field(set(running(), oidc("certificate_authority", CERTIFICATE + cut), null)))
                .isEqualTo("oidc.certificate_authority");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--client-ca-file=/a",
                "--tls-cert-file=/a",
                "--etcd-servers=https://other:2379",
                "--authorization-mode=AlwaysAllow",
                "--anonymous-auth=true",
                "--encryption-provider-config=/a",
                "--audit-log-path=-",
                "--service-account-issuer=https://other",
                "--token-auth-file=/a",
                "--insecure-port=8080",
                "--insecure-bind-address=0.0.0.0",
                "--bind-address=0.0.0.0",
                "--advertise-address=10.0.0.1",
                "--disable-admission-plugins=NodeRestriction",
                "--oidc-issuer-url=https://login.example",
                "--egress-selector-config-file=/a",
                "--volume-host-allow-local-loopback=true",
                "--kubeconfig=/a",
                "--v=9",
                // other spellings
                "--client_ca_file=/a",
                "--Client-CA-File=/a",
                "--client-ca-file",
                "-v=9",
                "client-ca-file=/a",
                " --event-ttl=2h",
                "--event-ttl=$(PASSWORD)",
                "--event-ttl=2h\n--anonymous-auth=true",
                "--event-ttl",
                "",
            })
    void refusesArgumentsThatAreThePlatformsInWhateverSpelling(String argument) {
        ExtraArgs args = new ExtraArgs(List.of("--event-ttl=2h"), List.of(), List.of(argument));

        assertThat(set(running(), null, args)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.rejection().field()).isEqualTo("extra_args.scheduler");
            assertThat(refused.rejection().code()).isEqualTo("invalid_setting");
            assertThat(refused.rejection().message()).startsWith("Expected ");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--event-ttl=2h",
                "--max-requests-inflight=800",
                "--feature-gates=GracefulNodeShutdown=true,Other=false",
                "--runtime-config=batch/v2alpha1=true",
                "--default-not-ready-toleration-seconds=60",
                "--node-monitor-grace-period=1m",
                "--terminated-pod-gc-threshold=100",
                "--kube-api-qps=100",
            })
    void takesTheOthers(String argument) {
        ExtraArgs args = new ExtraArgs(List.of(argument), List.of(), List.of());

        assertThat(after(running(), null, args).settings().extraArgs()).isEqualTo(args);
    }

    @Test
    void refusesMoreThanACommandLineShouldHold() {
        List<String> many = Collections.nCopies(ArgumentRules.MAX + 1, "--feature-gates=A=true");

        assertThat(field(set(running(), null, new ExtraArgs(List.of(), many, List.of()))))
                .isEqualTo("extra_args.controller_manager");
    }
}
