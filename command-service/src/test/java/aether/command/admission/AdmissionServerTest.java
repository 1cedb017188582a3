package aether.command.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionServerTest {

    private static final String REVIEW =
            "{\"request\":{\"uid\":\"u\",\"operation\":\"CREATE\",\"userInfo\":{\"username\":\"alice\"},\"object\":{}}}";

    @TempDir
    private Path directory;

    @Test
    void answersOverTlsAndSaysWhatIsWrong() throws Exception {
        ServingFiles files = ServingFiles.write(directory);
        try (AdmissionServer server = AdmissionServer.start(settings(files))) {
            HttpClient client = trusting(files);
            HttpResponse<String> answer = send(client, server, REVIEW);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"uid\":\"u\"")
                    .contains("\"allowed\":true")
                    .contains("\"patch\"");

            HttpResponse<String> wrong = send(client, server, "no review");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("Expected an AdmissionReview");
            HttpRequest get = HttpRequest.newBuilder(address(server)).GET().build();
            assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void servesARenewedCertificateWithoutARestart() throws Exception {
        ServingFiles old = ServingFiles.write(directory);
        X509Certificate before = certificate(old);
        HttpClient knowsTheOld = trusting(old);
        try (AdmissionServer server = AdmissionServer.start(settings(old))) {
            assertThat(send(knowsTheOld, server, REVIEW).statusCode()).isEqualTo(200);

            ServingFiles renewed = ServingFiles.write(directory);
            later(renewed, 10);
            assertThat(certificate(renewed)).isNotEqualTo(before);
            assertThat(send(trusting(renewed), server, REVIEW).statusCode()).isEqualTo(200);

            HttpClient knowsTheRenewed = trusting(renewed);
            byte[] key = Files.readAllBytes(renewed.key());
            ServingFiles.write(directory);
            Files.write(renewed.key(), key); // the next certificate is there before its key
            later(renewed, 15);
            assertThat(send(knowsTheRenewed, server, REVIEW).statusCode())
                    .as("half of a renewal is not one")
                    .isEqualTo(200);

            Files.writeString(renewed.key(), "half written");
            later(renewed, 20);
            assertThat(send(knowsTheRenewed, server, REVIEW).statusCode())
                    .as("what cannot be read is waited for")
                    .isEqualTo(200);
            assertThatThrownBy(() -> send(trusting(before), server, REVIEW)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void saysWhichFileIsWrong() throws Exception {
        ServingFiles files = ServingFiles.write(directory);
        Files.writeString(files.key(), "-----BEGIN EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> AdmissionServer.start(settings(files)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(files.key().toString())
                .hasMessageContaining("privateKey.encoding PKCS8");
        assertThatThrownBy(
                        () -> AdmissionServer.start(new AdmissionSettings(0, directory.resolve("absent"), files.key())))
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> new AdmissionSettings(70_000, files.certificate(), files.key()))
                .hasMessageContaining("admission.port");
    }

    private static AdmissionSettings settings(ServingFiles files) {
        return new AdmissionSettings(0, files.certificate(), files.key());
    }

    /** File systems may keep whole seconds only. */
    private static void later(ServingFiles files, int seconds) throws IOException {
        FileTime time = FileTime.from(Instant.now().plusSeconds(seconds));
        Files.setLastModifiedTime(files.certificate(), time);
        Files.setLastModifiedTime(files.key(), time);
    }

    private static URI address(AdmissionServer server) {
        return URI.create("https://127.0.0.1:" + server.port() + AdmissionServer.PATH);
    }

    private static HttpResponse<String> send(HttpClient client, AdmissionServer server, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address(server))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static X509Certificate certificate(ServingFiles files) throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(files.certificate())));
    }

    private static HttpClient trusting(ServingFiles files) throws IOException, GeneralSecurityException {
        return trusting(certificate(files));
    }

    private static HttpClient trusting(X509Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("webhook", certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
