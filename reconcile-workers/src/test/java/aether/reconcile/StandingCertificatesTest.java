package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.Fault;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link StandingWorkTest}, for what keeps certificates from being issued. */
@Tag("slow")
class StandingCertificatesTest extends StandingWorld {

    /** cert-manager waits an hour after the first failure. */
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    @ParameterizedTest
    @CsvSource({"deny, policy says no, RequestDenied", "fail, the signer is out of order, IssuingFailed"})
    void aReissueThatIsDeniedOrFailsIsTold(String what, String words, String reason) throws Exception {
        ahead.set(TWO_HOURS.negated());
        run();
        annotate(what, "\"" + words + "\"");
        world.sandbox().management().delete(Types.SECRET, NAMESPACE, "apiserver", Deletion.PLAIN);

        assertThat(stalls("certificates", Fault.INFRASTRUCTURE, reason).message())
                .contains("Certificate/apiserver", words);

        annotate(what, "null");
        pass(TWO_HOURS);
        goesOn("certificates", Fault.INFRASTRUCTURE, reason);
    }

    @Test
    void aSecretThatIsDeletedComesBackBeforeAnybodyHasToBeTold() throws Exception {
        run();
        world.sandbox().management().delete(Types.SECRET, NAMESPACE, "scheduler", Deletion.PLAIN);
        landscape.runUntil(() -> landscape.log().events().getLast() instanceof ClusterEvent.CertificatesRenewed);
        settle();

        assertThat(told()).isEmpty();
    }

    @Test
    void aCertManagerThatIsGoneIsTold() throws Exception {
        world.sandbox().certManagerAbsent(true);
        Tenant.request(landscape, 0);

        assertThat(stalls("certificates", Fault.INFRASTRUCTURE, "CertManagerSilent")
                        .message())
                .endsWith("it was not looked at yet");

        world.sandbox().certManagerAbsent(false);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("certificates", Fault.INFRASTRUCTURE, "CertManagerSilent");
    }

    @Test
    void aClockThatIsAheadIsToldAtOnceAndOverWhenTheTimeHasCome() throws Exception {
        ahead.set(Duration.ofSeconds(20));
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> !told("certificates").isEmpty());

        assertThat(told("certificates"))
                .singleElement()
                .isInstanceOfSatisfying(ClusterEvent.WorkStalled.class, stalled -> {
                    assertThat(stalled.fault()).isEqualTo(Fault.INFRASTRUCTURE);
                    assertThat(stalled.reason()).isEqualTo("ClockSkew");
                    assertThat(stalled.message()).contains("by our clock is still to come");
                });

        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("certificates", Fault.INFRASTRUCTURE, "ClockSkew");
    }

    @Test
    void anIssuerThatLooksForItsKeyElsewhereIsTold() throws Exception {
        world.sandbox().clusterResourceNamespace("elsewhere");
        Tenant.request(landscape, 0);

        assertThat(stalls("certificates", Fault.INFRASTRUCTURE, "IssuerNotReady")
                        .message())
                .contains("its issuer: ErrGetKeyPair");

        world.sandbox().clusterResourceNamespace("cert-manager");
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        goesOn("certificates", Fault.INFRASTRUCTURE, "IssuerNotReady");
    }

    @Test
    void aRequestThatNobodyDecidesIsTold() throws Exception {
        run();
        annotate("undecided", "\"yes\"");
        world.sandbox().management().delete(Types.SECRET, NAMESPACE, "apiserver", Deletion.PLAIN);

        assertThat(stalls("certificates", Fault.INFRASTRUCTURE, "NotIssuedYet").message())
                .contains("Certificate/apiserver");

        annotate("undecided", "null");
        goesOn("certificates", Fault.INFRASTRUCTURE, "NotIssuedYet");
    }

    /** Changes an annotation that the sandbox's cert-manager knows; {@code null} takes it away. */
    private void annotate(String what, String value) {
        world.sandbox()
                .management()
                .patch(
                        Types.CERTIFICATE,
                        NAMESPACE,
                        "apiserver",
                        new Patch.Merge(
                                Json.parseObject("{\"metadata\":{\"annotations\":{\"sandbox.aetherplatform.cloud/"
                                        + what + "\":" + value + "}}}")),
                        WriteOptions.by("a-policy"));
    }

    /** For cert-manager first. */
    private void pass(Duration time) throws Exception {
        ahead.updateAndGet(before -> before.plus(time));
        world.sandbox().recheck();
        landscape.runUntil(world.sandbox()::isIdle);
    }
}
