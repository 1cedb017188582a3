package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Fault;
import aether.reconcile.loop.OutsideFailure.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | connection refused                                        | AWAY     | INFRASTRUCTURE | ApiAway
            503 | the server is currently unable to handle the request      | AWAY     | INFRASTRUCTURE | ApiFailed
            429 | too many requests                                         | AWAY     | INFRASTRUCTURE | ApiBusy
            409 | the object has been modified                              | CONFLICT | INFRASTRUCTURE | ChangedMeanwhile
            410 | too old resource version                                  | CONFLICT | INFRASTRUCTURE | TooOld
            401 | Unauthorized                                              | AWAY     | INFRASTRUCTURE | NotAllowed
            403 | secrets is forbidden: User "x" cannot patch               | AWAY     | INFRASTRUCTURE | NotAllowed
            403 | services "a" is forbidden: exceeded quota: q, requested   | AWAY     | INFRASTRUCTURE | QuotaExceeded
            400 | admission webhook "w.example" denied the request: no      | AWAY     | INFRASTRUCTURE | WebhookRefused
            500 | failed calling webhook "w.example": connection refused    | AWAY     | INFRASTRUCTURE | WebhookAway
            500 | etcdserver: mvcc: database space exceeded                 | AWAY     | INFRASTRUCTURE | EtcdFull
            404 | the server could not find the requested resource          | AWAY     | INFRASTRUCTURE | KindNotServed
            500 | failed to create typed patch: .spec.x: field not declared in schema | AWAY | INFRASTRUCTURE | KindOutdated
            422 | Deployment.apps "a" is invalid: spec.replicas             | DENIED   | OURS           | Invalid
            """)
    void saysWhoseItIs(int code, String message, Kind kind, Fault whose, String reason) {
        assertThat(Finding.of(code, message)).isEqualTo(new Finding(kind, whose, reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | pods "a" is forbidden: exceeded quota: mine               | CUSTOMER       | QuotaExceeded
            400 | admission webhook "mine.example" denied the request: no   | CUSTOMER       | WebhookRefused
            500 | failed calling webhook "mine.example": no endpoints       | CUSTOMER       | WebhookAway
            500 | etcdserver: mvcc: database space exceeded                 | CUSTOMER       | EtcdFull
            0   | connection refused                                        | INFRASTRUCTURE | ApiAway
            403 | User "aether" cannot patch                                | INFRASTRUCTURE | NotAllowed
            """)
    void whatATenantHasPutIntoItsOwnApiIsTheTenants(int code, String message, Fault whose, String reason) {
        Finding finding = Finding.of(code, message, Side.TENANT);
        assertThat(finding.whose()).isEqualTo(whose);
        assertThat(finding.reason()).isEqualTo(reason);
    }
}
