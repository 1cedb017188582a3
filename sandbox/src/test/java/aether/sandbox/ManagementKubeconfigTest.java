package aether.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.sandbox.certificates.Pem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kubeconfig says is enough for a client that checks certificates, and no less is. */
class ManagementKubeconfigTest {

    @TempDir
    private Path directory;

    private Sandbox sandbox;

    private String kubeconfig;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxSettings.in(directory, 0));
        kubeconfig = Files.readString(sandbox.kubeconfig());
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    private String value(String name) {
        Matcher matcher = Pattern.compile(name + ": (\\S+)").matcher(kubeconfig);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("it", Pem.certificates(pem).getFirst());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private int ask(HttpClient client, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(value("server") + "/api/v1/namespaces"))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void opensTheManagementClusterToItsBearer() throws IOException, InterruptedException, GeneralSecurityException {
        String authority =
                new String(Base64.getDecoder().decode(value("certificate-authority-data")), StandardCharsets.US_ASCII);
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(authority)).build()) {
            assertThat(ask(client, value("token"))).isEqualTo(200);
            assertThat(ask(client, "another")).isEqualTo(401);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.kubeconfig())))
                .isEqualTo("rw-------");
    }

    @Test
    void isNotTrustedByAnybodyElse() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> ask(client, value("token"))).isInstanceOf(SSLHandshakeException.class);
        }
    }
}
