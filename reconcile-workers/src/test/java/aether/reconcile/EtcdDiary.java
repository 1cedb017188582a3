package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Labels;
import aether.reconcile.render.Pem;
import aether.reconcile.render.TenantNames;
import aether.sandbox.kubernetes.Change;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Types;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Every change of a tenant's etcd and of what it is made of, in the management cluster's own order; no look between two
 * changes is missed. From when all members served first, it verifies after each of them that a majority serves, and
 * that whoever runs knows everybody else: by the CAs it was begun with, those of a running etcd never change, and by a
 * leaf it was begun with or, as etcd reads those anew, by the one that lies there now.
 */
final class EtcdDiary {

    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);
    private static final String TRUST = "etcd-trust";

    private static final Set<String> LEAVES =
            Set.of(TenantCertificate.ETCD_SERVER, TenantCertificate.ETCD_PEER, TenantCertificate.APISERVER_ETCD_CLIENT);

    /** Who runs, with what it was begun with. */
    private record Party(String uid, String image, List<X509Certificate> trust, Map<String, X509Certificate> leaves) {}

    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final int members;

    private final Map<String, Party> etcd = new TreeMap<>();
    private final Map<String, Party> apiServers = new TreeMap<>();
    private final Set<String> ready = new LinkedHashSet<>();
    private final List<String> begun = new ArrayList<>();
    private final Map<String, X509Certificate> leaves = new HashMap<>();
    private final Set<String> memberships = new LinkedHashSet<>();
    private List<X509Certificate> trust = List.of();
    private boolean formed;
    private int verified;

    /** Of what happens from now on. */
    EtcdDiary(KubernetesStore store, int members) {
        this.members = members;
        store.subscribe(change -> {
            if (change.key().namespace().equals(NAMESPACE)) {
                changes.add(change);
            }
        });
    }

    /** Reads what was written since it was read last, and verifies all of it. */
    EtcdDiary read() {
        for (Change change = changes.poll(); change != null; change = changes.poll()) {
            boolean concerns = take(change);
            formed |= ready.size() == members;
            if (concerns && formed) {
                verify(change.kind() + " " + change.key() + " at " + change.version());
            }
        }
        return this;
    }

    /** The members that were begun since this was asked last, in their order, each with its image's tag. */
    List<String> begun() {
        List<String> all = List.copyOf(begun);
        begun.clear();
        return all;
    }

    /** How often everything was verified. */
    int verified() {
        return verified;
    }

    /** Each way in which a member was told who the members are. */
    Set<String> memberships() {
        return memberships;
    }

    /** What runs now, by the names of its pods, each with its uid. */
    Map<String, String> running() {
        Map<String, String> uids = new TreeMap<>();
        etcd.forEach((name, party) -> uids.put(name, party.uid()));
        return uids;
    }

    private boolean take(Change change) {
        ObjectKey key = change.key();
        boolean gone = change.kind() == Change.Kind.DELETED;
        if (key.type().equals(Types.CONFIG_MAP.id()) && key.name().equals(TRUST) && !gone) {
            trust = certificates(change.object().at("/data/ca.crt").asString(""));
            return true;
        }
        if (key.type().equals(Types.SECRET.id()) && LEAVES.contains(key.name()) && !gone) {
            Pem.certificate(change.object(), "tls.crt").ifPresent(leaf -> leaves.put(key.name(), leaf));
            return true;
        }
        return key.type().equals(Types.POD.id()) && pod(change, gone);
    }

    private boolean pod(Change change, boolean gone) {
        String component =
                change.object().at("/metadata/labels").path(Labels.NAME).asString("");
        boolean member = component.equals(TenantNames.ETCD);
        if (!member && !component.equals(TenantNames.API_SERVICE)) {
            return false;
        }
        Map<String, Party> parties = member ? etcd : apiServers;
        String name = change.key().name();
        if (gone) {
            parties.remove(name);
            ready.remove(name);
            return true;
        }
        if (change.kind() == Change.Kind.ADDED) {
            Party party = party(change.object());
            parties.put(name, party);
            if (member) {
                begun.add(name + " " + party.image());
                memberships.add(membership(change.object()));
            }
        }
        if (member) {
            boolean serves = isReady(change.object()) ? ready.add(name) : ready.remove(name);
            return serves || change.kind() == Change.Kind.ADDED;
        }
        return true;
    }

    private Party party(JsonNode pod) {
        String image = pod.at("/spec/containers/0/image").asString("");
        return new Party(
                pod.at("/metadata/uid").asString(""),
                image.substring(image.lastIndexOf(':') + 1),
                trust,
                Map.copyOf(leaves));
    }

    private static String membership(JsonNode pod) {
        return pod.at("/spec/containers/0/command")
                .valueStream()
                .map(word -> word.asString(""))
                .filter(word -> word.startsWith("--initial-"))
                .toList()
                .toString();
    }

    private static boolean isReady(JsonNode pod) {
        return pod.at("/status/conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("type").asString("").equals("Ready")
                        && condition.path("status").asString("").equals("True"));
    }

    private void verify(String when) {
        verified++;
        assertThat(ready).as("members that serve, after %s", when).hasSizeGreaterThanOrEqualTo(members / 2 + 1);
        for (String leaf : List.of(TenantCertificate.ETCD_SERVER, TenantCertificate.ETCD_PEER)) {
            assertThat(names(Objects.requireNonNull(leaves.get(leaf))))
                    .as("names in %s, after %s", leaf, when)
                    .containsAll(IntStream.range(0, members)
                            .mapToObj(member -> "etcd-" + member + ".etcd." + NAMESPACE + ".svc")
                            .toList());
        }
        for (Map.Entry<String, Party> one : etcd.entrySet()) {
            for (Map.Entry<String, Party> other : etcd.entrySet()) {
                knows(one, other, TenantCertificate.ETCD_PEER, when);
            }
            for (Map.Entry<String, Party> client : apiServers.entrySet()) {
                knows(one, client, TenantCertificate.APISERVER_ETCD_CLIENT, when);
                knows(client, one, TenantCertificate.ETCD_SERVER, when);
            }
        }
    }

    private void knows(Map.Entry<String, Party> who, Map.Entry<String, Party> whom, String by, String when) {
        for (X509Certificate leaf : Stream.of(whom.getValue().leaves().get(by), leaves.get(by))
                .map(Objects::requireNonNull)
                .distinct()
                .toList()) {
            assertThat(who.getValue().trust())
                    .as("whom %s trusts, which knows %s by its %s, after %s", who.getKey(), whom.getKey(), by, when)
                    .anyMatch(authority -> hasSigned(authority, leaf));
        }
    }

    private static boolean hasSigned(X509Certificate authority, X509Certificate leaf) {
        try {
            leaf.verify(authority.getPublicKey());
            return authority.getSubjectX500Principal().equals(leaf.getIssuerX500Principal());
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static List<String> names(X509Certificate leaf) {
        try {
            return leaf.getSubjectAlternativeNames().stream()
                    .map(name -> name.get(1).toString())
                    .toList();
        } catch (CertificateException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
