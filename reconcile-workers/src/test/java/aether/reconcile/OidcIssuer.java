package aether.reconcile;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An identity provider: discovery and keys over TLS that nobody else trusts, and tokens for whomever a test names. */
final class OidcIssuer implements AutoCloseable {

    private static final char[] PASSWORD = "nobodys".toCharArray();
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final HttpsServer server;
    private final KeyPair keys;
    private final String certificate;

    private OidcIssuer(HttpsServer server, KeyPair keys, String certificate) {
        this.server = server;
        this.keys = keys;
        this.certificate = certificate;
    }

    static OidcIssuer start(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = Files.createTempDirectory(directory, "issuer").resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "issuer",
                        "-dname",
                        "CN=issuer",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("Expected keytool to make a certificate, but it said " + said);
        }
        KeyStore held = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            held.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(held, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(held.getCertificate("issuer").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2_048);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        OidcIssuer issuer = new OidcIssuer(server, rsa.generateKeyPair(), pem);
        issuer.answer("/.well-known/openid-configuration", """
                {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token",
                 "response_types_supported":["id_token"],"subject_types_supported":["public"],
                 "id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer.url()));
        RSAPublicKey key = (RSAPublicKey) issuer.keys.getPublic();
        issuer.answer("/keys", """
                {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"one","n":"%s","e":"%s"}]}""".formatted(number(key.getModulus()), number(key.getPublicExponent())));
        server.start();
        return issuer;
    }

    private void answer(String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it is trusted by. */
    String certificate() {
        return certificate;
    }

    /** A token that it signs, in its own name or another's. */
    String token(String issuer, String audience, String user, List<String> groups) throws GeneralSecurityException {
        Instant now = Instant.now();
        String claims = """
                {"iss":"%s","aud":"%s","sub":"1234","email":"%s","groups":[%s],"iat":%d,"exp":%d}""".formatted(
                        issuer,
                        audience,
                        user,
                        groups.stream().map(group -> '"' + group + '"').collect(Collectors.joining(",")),
                        now.getEpochSecond(),
                        now.plus(LIFE).getEpochSecond());
        String signed = base64("{\"alg\":\"RS256\",\"kid\":\"one\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
