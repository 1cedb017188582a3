package aether.reconcile.certificates;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.KeyRotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One row of the tenant's PKI. Its Certificate and its Secret have the row's name.
 *
 * @param issuer the authority in the tenant's namespace that signs it; empty for the tenant's root
 * @param organizations Kubernetes groups, so each is a privilege that is meant
 * @param usages exactly what it may be used for
 * @param serves whose names it must answer to
 */
public record TenantCertificate(
        String name,
        String issuer,
        Kind kind,
        String commonName,
        List<String> organizations,
        List<String> usages,
        Serves serves) {

    /** What is certified. */
    public enum Kind {
        /** Signs others. Its key stays over a renewal, or every leaf would break at once. */
        AUTHORITY,
        /** Proves who somebody is; a new key at every renewal. */
        LEAF,
        /** A key pair whose certificate nobody reads; the key stays. */
        KEY_PAIR
    }

    /** Whose names a certificate answers to. */
    public enum Serves {
        NOTHING,
        API,
        ETCD,
        /** What agents on nodes dial: the endpoint and no other name. */
        AGENTS
    }

    /** What the tenant's API and its clients trust. */
    public static final String CLUSTER_CA = CertificateAuthority.CLUSTER.certificate(1);

    public static final String ETCD_CA = CertificateAuthority.ETCD.certificate(1);
    public static final String FRONT_PROXY_CA = CertificateAuthority.FRONT_PROXY.certificate(1);
    public static final String APISERVER = "apiserver";
    public static final String APISERVER_KUBELET_CLIENT = "apiserver-kubelet-client";
    public static final String APISERVER_ETCD_CLIENT = "apiserver-etcd-client";
    public static final String ETCD_SERVER = "etcd-server";
    public static final String ETCD_PEER = "etcd-peer";
    public static final String FRONT_PROXY_CLIENT = "front-proxy-client";
    public static final String ADMIN = "admin";
    public static final String CONTROLLER_MANAGER = "controller-manager";
    public static final String SCHEDULER = "scheduler";
    public static final String KONNECTIVITY_SERVER = "konnectivity-server";
    public static final String KONNECTIVITY_CLIENT = "konnectivity-client";
    public static final String SERVICE_ACCOUNT = "service-account";

    /** What is exchanged by a successor of another name. */
    private static final Pattern ROTATED = Pattern.compile(
            "(" + String.join("|", CLUSTER_CA, ETCD_CA, FRONT_PROXY_CA, SERVICE_ACCOUNT) + ")(-[0-9]+)?");

    static final List<String> SIGN = List.of("cert sign", "crl sign", "digital signature");
    private static final List<String> SERVER = List.of("digital signature", "key encipherment", "server auth");
    private static final List<String> CLIENT = List.of("digital signature", "key encipherment", "client auth");
    private static final List<String> BOTH =
            List.of("digital signature", "key encipherment", "server auth", "client auth");

    /** The whole PKI of a tenant of which no CA was ever rotated. */
    private static final List<TenantCertificate> FIRST = List.of(
            leaf(APISERVER, CLUSTER_CA, "kube-apiserver", List.of(), SERVER, Serves.API),
            leaf(
                    APISERVER_KUBELET_CLIENT,
                    CLUSTER_CA,
                    "kube-apiserver-kubelet-client",
                    List.of("aether:kubelet-api-admin"),
                    CLIENT,
                    Serves.NOTHING),
            leaf(APISERVER_ETCD_CLIENT, ETCD_CA, "kube-apiserver-etcd-client", List.of(), CLIENT, Serves.NOTHING),
            leaf(ETCD_SERVER, ETCD_CA, "etcd", List.of(), BOTH, Serves.ETCD),
            leaf(ETCD_PEER, ETCD_CA, "etcd-peer", List.of(), BOTH, Serves.ETCD),
            leaf(FRONT_PROXY_CLIENT, FRONT_PROXY_CA, "front-proxy-client", List.of(), CLIENT, Serves.NOTHING),
            leaf(ADMIN, CLUSTER_CA, "kubernetes-admin", List.of("system:masters"), CLIENT, Serves.NOTHING),
            leaf(CONTROLLER_MANAGER, CLUSTER_CA, "system:kube-controller-manager", List.of(), CLIENT, Serves.NOTHING),
            leaf(SCHEDULER, CLUSTER_CA, "system:kube-scheduler", List.of(), CLIENT, Serves.NOTHING),
            leaf(KONNECTIVITY_SERVER, CLUSTER_CA, "konnectivity-server", List.of(), SERVER, Serves.AGENTS),
            leaf(KONNECTIVITY_CLIENT, CLUSTER_CA, "system:konnectivity-server", List.of(), CLIENT, Serves.NOTHING),
            new TenantCertificate(
                    SERVICE_ACCOUNT,
                    CLUSTER_CA,
                    Kind.KEY_PAIR,
                    "service-account-signer",
                    List.of(),
                    List.of("digital signature"),
                    Serves.NOTHING));

    /**
     * What only the control plane verifies, so that it may be the new CA's as soon as that trusts both; extension API
     * servers are told of both by the API.
     */
    private static final Set<String> CLIENTS = Set.of(
            ADMIN, CONTROLLER_MANAGER, SCHEDULER, KONNECTIVITY_CLIENT, APISERVER_ETCD_CLIENT, FRONT_PROXY_CLIENT);

    /** The name of a generation of the key pair that signs tokens: its Certificate and its Secret. */
    public static String serviceAccount(int generation) {
        return ofGeneration(SERVICE_ACCOUNT, generation);
    }

    private static String ofGeneration(String name, int generation) {
        return generation == 1 ? name : name + "-" + generation;
    }

    /** Whether a name is one of those of which there are generations. */
    static boolean isRotated(String name) {
        return ROTATED.matcher(name).matches();
    }

    /** The names of the generations that have to be there; every other one is a leftover. */
    static Set<String> wanted(ClusterAuthorities authorities, KeyRotation serviceAccount) {
        return Stream.concat(
                        authorities(authorities).map(TenantCertificate::name),
                        serviceAccount.accepted().stream().map(TenantCertificate::serviceAccount))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<TenantCertificate> authorities(ClusterAuthorities authorities) {
        return Stream.of(CertificateAuthority.values())
                .flatMap(which -> authorities.of(which).trusted().stream().map(which::certificate))
                .map(TenantCertificate::authority);
    }

    /**
     * The whole PKI of a tenant: every generation of each CA that is trusted, of the key pair that signs tokens, and
     * who signs each leaf now.
     */
    public static List<TenantCertificate> of(ClusterAuthorities authorities, KeyRotation serviceAccount) {
        List<TenantCertificate> rows = new ArrayList<>();
        authorities(authorities).forEach(rows::add);
        for (TenantCertificate row : FIRST) {
            if (row.name().equals(SERVICE_ACCOUNT)) {
                int signer = authorities.cluster().signsClients();
                TenantCertificate pair = row.issuedBy(CertificateAuthority.CLUSTER.certificate(signer));
                serviceAccount.accepted().forEach(generation -> rows.add(pair.named(serviceAccount(generation))));
            } else {
                CertificateAuthority which = authorityOf(row);
                ClusterAuthority authority = authorities.of(which);
                int signer = CLIENTS.contains(row.name()) ? authority.signsClients() : authority.signsServers();
                rows.add(row.issuedBy(which.certificate(signer)));
            }
        }
        return List.copyOf(rows);
    }

    private static CertificateAuthority authorityOf(TenantCertificate leaf) {
        return Stream.of(CertificateAuthority.values())
                .filter(which -> which.certificate(1).equals(leaf.issuer()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Expected " + leaf.name()
                        + " to be signed by a CA of ours, but it is by " + leaf.issuer() + "."));
    }

    private TenantCertificate named(String other) {
        return new TenantCertificate(other, issuer, kind, commonName, organizations, usages, serves);
    }

    private TenantCertificate issuedBy(String next) {
        return new TenantCertificate(name, next, kind, commonName, organizations, usages, serves);
    }

    private static TenantCertificate authority(String name) {
        return new TenantCertificate(name, "", Kind.AUTHORITY, name, List.of(), SIGN, Serves.NOTHING);
    }

    private static TenantCertificate leaf(
            String name, String issuer, String commonName, List<String> groups, List<String> usages, Serves serves) {
        return new TenantCertificate(name, issuer, Kind.LEAF, commonName, groups, usages, serves);
    }
}
