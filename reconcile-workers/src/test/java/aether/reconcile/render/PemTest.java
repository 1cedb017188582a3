package aether.reconcile.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PemTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ObjectNode secret(String text) {
        ObjectNode secret = JSON.createObjectNode();
        secret.putObject("data")
                .put("tls.crt", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    private static String pem(X509Certificate certificate) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void theFirstOfAChainIsRead() throws Exception {
        List<X509Certificate> two = known();
        String chain = "words before it\n" + pem(two.get(0)) + pem(two.get(1));
        assertThat(Pem.certificate(secret(chain), "tls.crt")).contains(two.get(0));
        assertThat(Pem.certificate(secret(chain), "ca.crt")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate",
                "-----BEGIN CERTIFICATE-----\nMIIB\n",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n=\n-----END CERTIFICATE-----\n",
                "-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(Pem.certificate(secret(text), "tls.crt")).isEmpty();
    }

    /** Two that every JDK trusts. */
    private static List<X509Certificate> known() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream file =
                Files.newInputStream(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"))) {
            trusted.load(file, null);
        }
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(trusted.aliases())) {
            if (trusted.getCertificate(alias) instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        }
        return found.subList(0, 2);
    }
}
