package aether.sandbox.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.sandbox.acme.AcmeDirectory;
import aether.sandbox.acme.ChallTestRecords;
import aether.sandbox.acme.Pebble;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Types;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Issuers of type ACME, against a real server: what an order ends in, and what is said of one that fails. */
class AcmeContractTest extends CertManagerFixture {

    private static @Nullable Pebble pebble;

    @BeforeAll
    static void present(@TempDir Path directory) throws IOException {
        assumeTrue(Pebble.isThere(), Pebble.MISSING);
        pebble = Pebble.start(directory.resolve("pebble"));
    }

    @AfterAll
    static void end() {
        if (pebble != null) {
            pebble.close();
        }
    }

    private static Pebble pebble() {
        if (pebble == null) {
            throw new IllegalStateException("Expected pebble to run, but it was not started");
        }
        return pebble;
    }

    private void issuer(AcmeDirectory directory) {
        ChallTestRecords records = pebble().records();
        apply(Types.CLUSTER_ISSUER, "", "public", """
                {"spec":{"acme":{"server":"%s","caBundle":"%s","privateKeySecretRef":{"name":"account"},"solvers":[
                {"dns01":{"cnameStrategy":"Follow","webhook":{"groupName":"%s","solverName":"%s",
                "config":{"management":"%s","dns":"%s"}}}}]}}}""".formatted(
                        directory.address(),
                        directory.caBundle(),
                        ChallTestRecords.GROUP,
                        ChallTestRecords.NAME,
                        records.management(),
                        records.dns()));
        await(() -> ready("public", "reason").equals("ACMEAccountRegistered"), () -> ready("public", "message"));
    }

    private String ready(String issuer, String field) {
        return sandbox.management()
                .find(Types.CLUSTER_ISSUER, "", issuer)
                .flatMap(found -> Conditions.find(found, "Ready"))
                .map(ready -> Json.text(ready, field))
                .orElse("");
    }

    private static String fields(String name) {
        return "\"issuerRef\":{\"kind\":\"ClusterIssuer\",\"name\":\"public\"},\"dnsNames\":[\"" + name + "\"]";
    }

    @Trap(
            source = {
                "pkg/controller/acmeorders/sync.go",
                "issuing/internal/secret.go: no ca.crt where an issuer has none"
            })
    void aCertificateComesWithItsChainAndSaysNotWhomToTrust() throws Exception {
        issuer(pebble().directory());

        certificate("named", fields("shop.acme.north.clusters.example"));

        assertThat(chain("named", "tls.crt")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(first("named").getSubjectAlternativeNames().toString()).contains("shop.acme.north.clusters.example");
        assertThat(first("named").getIssuerX500Principal().getName()).contains("Pebble Intermediate");
        first("named").verify(chain("named", "tls.crt").get(1).getPublicKey());
        assertThat(secret("named").path("data").has("ca.crt")).isFalse();
        assertThat(sandbox.management().find(Types.SECRET, CERT_MANAGER, "account"))
                .as("the account's key, in the cluster resource namespace")
                .isPresent();
    }

    @Trap(source = "docs configuration/acme/dns01: delegated domains, cnameStrategy: Follow")
    void aRecordIsWrittenWhereItsNameIsAnAliasOf() {
        issuer(pebble().directory());
        pebble().records().alias("_acme-challenge.api.shop.example", "one.acme.clusters.example");

        certificate("own", fields("api.shop.example"));

        assertThat(revision("own")).isEqualTo(1);
    }

    @Trap(
            source =
                    "pkg/controller/certificaterequests/acme/acme.go: OrderFailed; an invalid Order has no reason of its own")
    void aChallengeThatFailsEndsTheOrderAndIsTriedAgainAnHourLater() {
        issuer(pebble().directory());
        pebble().records().fail("_acme-challenge.away.shop.example");

        ask("away", fields("away.shop.example"));

        await(() -> failures("away") == 1);
        assertThat(condition("away", "Issuing", "reason")).isEqualTo("Failed");
        assertThat(condition("away", "Issuing", "message")).endsWith("order is in \"invalid\" state: ");
        settle();
        assertThat(failures("away")).isEqualTo(1);
    }

    @Trap(source = "pkg/controller/acmeorders/sync.go: Failed to create Order")
    void aNameThatTheServerRefusesIsAnErroredOrder() {
        issuer(pebble().directory());

        ask("refused", fields("api." + Pebble.REFUSED));

        await(() -> failures("refused") == 1);
        assertThat(condition("refused", "Issuing", "message"))
                .contains("order is in \"errored\" state: Failed to create Order", ":rejectedIdentifier");
    }

    @Trap(source = "pkg/controller/acmeorders/sync.go: what is not retryable is an errored Order; docs: rate limits")
    void aServerThatHasHadEnoughIsLeftAloneForAnHour() throws IOException {
        try (LimitedAcme limited = new LimitedAcme()) {
            issuer(limited.directory());

            ask("limited", fields("api.shop.example"));

            await(() -> failures("limited") == 1);
            assertThat(condition("limited", "Issuing", "message")).contains(":rateLimited");
            at(now.get().plusSeconds(3590));
            settle();
            assertThat(limited.orders()).isEqualTo(1);
            at(now.get().plusSeconds(10));
            await(() -> failures("limited") == 2);
            assertThat(limited.orders()).isEqualTo(2);
        }
    }

    @Trap(source = "pkg/issuer/acme/setup.go: ErrRegisterACMEAccount")
    void anIssuerWhoseServerIsAwaySaysSo() {
        apply(Types.CLUSTER_ISSUER, "", "away", """
                {"spec":{"acme":{"server":"https://127.0.0.1:1/dir","privateKeySecretRef":{"name":"account"},"solvers":[
                {"dns01":{"webhook":{"groupName":"%s","solverName":"%s","config":{"management":"http://x","dns":"x"}}}}]}}}""".formatted(ChallTestRecords.GROUP, ChallTestRecords.NAME));

        await(() -> ready("away", "reason").equals("ErrRegisterACMEAccount"));
    }
}
