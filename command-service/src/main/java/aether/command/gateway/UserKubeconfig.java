package aether.command.gateway;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The administrator's kubeconfig with somebody else's credential in it. */
public final class UserKubeconfig {

    private static final Pattern SERVER = line("server");
    private static final Pattern AUTHORITY = line("certificate-authority-data");

    private UserKubeconfig() {}

    /**
     * A kubeconfig for one user, as YAML.
     *
     * @param administrators says where the API is and whom to trust; its credential is left out
     * @param cluster a DNS label
     * @throws IllegalArgumentException when the administrator's says neither
     */
    public static String of(String administrators, String cluster, ClientCredential credential) {
        return of(
                administrators,
                cluster,
                credential.user(),
                Base64.getEncoder().encodeToString(credential.certificateBytes()),
                Base64.getEncoder().encodeToString(credential.keyBytes()));
    }

    /** Names are quoted: {@code true}, {@code null} and {@code 1e3} are DNS labels, and words of YAML. */
    static String of(String administrators, String cluster, String user, String certificate, String key) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: "%1$s"
                  cluster:
                    server: %2$s
                    certificate-authority-data: %3$s
                users:
                - name: "%4$s"
                  user:
                    client-certificate-data: %5$s
                    client-key-data: %6$s
                contexts:
                - name: "%1$s"
                  context:
                    cluster: "%1$s"
                    user: "%4$s"
                current-context: "%1$s"
                """.formatted(
                cluster, value(administrators, SERVER), value(administrators, AUTHORITY), user, certificate, key);
    }

    /** The workers write it line by line, without quotes. */
    private static Pattern line(String key) {
        return Pattern.compile("^\\s+" + key + ": (\\S+)$", Pattern.MULTILINE);
    }

    private static String value(String kubeconfig, Pattern line) {
        Matcher found = line.matcher(kubeconfig);
        if (!found.find()) {
            throw new IllegalArgumentException(
                    "Expected a kubeconfig with a server and its authority, but it has not.");
        }
        return found.group(1);
    }
}
