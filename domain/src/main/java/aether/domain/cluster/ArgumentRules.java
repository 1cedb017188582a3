package aether.domain.cluster;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which arguments a customer may add to a component. The one list of those that would open what keeps tenants apart, or
 * break what the platform does with them; everything else that Kubernetes knows is the customer's own risk.
 */
public final class ArgumentRules {

    /** More than a control plane has ever needed; a pod's command line is no place for a configuration. */
    public static final int MAX = 32;

    /** The longest value of a flag that makes sense here is a list of feature gates. */
    public static final int MAX_LENGTH = 512;

    /**
     * Lower case and dashes alone: components take an underscore for a dash, so another spelling would be another way
     * in. A value is printable ASCII, for it becomes a word of a command line.
     */
    private static final Pattern FORM = Pattern.compile("--([a-z][a-z0-9-]{0,63})=([ -~]*)");

    /** Kubernetes replaces it in commands by what the environment says. */
    private static final String EXPANSION = "$(";

    private record Rule(Pattern flags, String reason) {
        Rule(String reason, String... flags) {
            this(Pattern.compile(String.join("|", flags)), reason);
        }
    }

    /** By what they would break. */
    private static final List<Rule> KEPT = List.of(
            new Rule(
                    "whom the cluster trusts is the platform's to say",
                    "client-ca-file",
                    "root-ca-file",
                    "tls-.*",
                    "cert-dir",
                    "requestheader-.*",
                    "proxy-client-.*",
                    "kubelet-.*",
                    "peer-.*",
                    "(experimental-)?cluster-signing-.*"),
            new Rule(
                    "who may do what is decided by Node and RBAC alone, and nobody is let in without a name",
                    "authorization-.*",
                    "authentication-.*",
                    "anonymous-auth",
                    "enable-bootstrap-token-auth",
                    "use-service-account-credentials"),
            new Rule("the field oidc is the place for it", "oidc-.*"),
            new Rule("tokens are signed and exchanged by the platform", "service-account-.*", "api-audiences"),
            new Rule(
                    "etcd and the keys of what lies in it are the platform's",
                    "etcd-.*",
                    "storage-.*",
                    "encryption-.*"),
            new Rule(
                    "what is recorded and written to logs is kept for those who have to answer for it",
                    "audit-.*",
                    "v",
                    "vmodule",
                    "log.*",
                    ".*stderr.*"),
            new Rule(
                    "admission that keeps nodes and pods in their place may not be taken out",
                    "enable-admission-plugins",
                    "disable-admission-plugins",
                    "admission-control.*"),
            new Rule(
                    "addresses and ports are those of the pod",
                    "bind-address",
                    "address",
                    "advertise-address",
                    "secure-port",
                    "port",
                    "insecure-.*",
                    "endpoint-reconciler-type",
                    "apiserver-count"),
            new Rule(
                    "networks of a cluster come from its plan",
                    "service-cluster-ip-range",
                    "cluster-cidr",
                    "allocate-node-cidrs",
                    "egress-selector-.*",
                    "ssh-.*",
                    // Without it, volumes would be a way to the management cluster's own addresses (CVE-2020-8555).
                    "volume-host-.*"),
            new Rule(
                    "which API it serves and which part it is, is the platform's to say",
                    "kubeconfig",
                    "master",
                    "config",
                    "cluster-name",
                    "controllers",
                    "leader-elect.*",
                    "allow-privileged",
                    "cloud-.*",
                    "external-cloud-volume-plugin",
                    "emulat.*",
                    "min-compatibility-version",
                    "(contention-)?profiling"),
            new Rule(
                    "its pod holds no files but the platform's",
                    ".*-file(name)?",
                    ".*-dir",
                    ".*-path",
                    ".*-kubeconfig"));

    private ArgumentRules() {}

    /** What is wrong with the first that is wrong; empty when nothing is. */
    static Optional<String> check(List<String> arguments) {
        if (arguments.size() > MAX) {
            return Optional.of("Expected at most " + MAX + " arguments, but got " + arguments.size() + ".");
        }
        return arguments.stream()
                .map(ArgumentRules::check)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What is wrong with one; empty when nothing is. */
    public static Optional<String> check(String argument) {
        Matcher form = FORM.matcher(argument);
        if (argument.length() > MAX_LENGTH || !form.matches() || argument.contains(EXPANSION)) {
            return Optional.of("Expected arguments of the form --name=value, in small letters and dashes, of printable"
                    + " characters without $( and at most " + MAX_LENGTH + " long, but one of " + argument.length()
                    + " characters is not.");
        }
        String flag = form.group(1);
        return KEPT.stream()
                .filter(rule -> rule.flags().matcher(flag).matches())
                .findFirst()
                .map(rule ->
                        "Expected arguments that may be added, but --" + flag + " may not: " + rule.reason() + ".");
    }
}
