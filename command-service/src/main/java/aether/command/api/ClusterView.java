package aether.command.api;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterKeys;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ControlPlaneComponent;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.Fault;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.OidcSettings;
import aether.domain.cluster.PublicName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the command API answers of a cluster, as a body of JSON. */
final class ClusterView {

    private ClusterView() {}

    /** The whole of it. */
    static Map<String, Object> of(ClusterId id, ClusterState state) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id.toString());
        ClusterEvent.ClusterRequested made = state.request();
        if (made != null) {
            body.put("org_id", made.organizationId().toString());
            body.put("name", made.name());
            body.put("region", made.region());
            body.put("k8s_version", made.version().toString());
            body.put("channel", made.channel().published());
            body.put("etcd", Map.of("members", made.etcdMembers()));
            ClusterSnapshot snapshot = made.restoredFrom();
            if (snapshot != null) {
                body.put(
                        "restore_from",
                        Map.of("cluster", snapshot.clusterId().toString(), "snapshot", snapshot.name()));
            }
            body.put("api_names", state.apiNames());
            body.put("authorized_cidrs", state.authorizedCidrs());
            body.put("oidc", oidc(state.settings().oidc()));
            body.put("extra_args", extraArgs(state.settings().extraArgs()));
            body.put("authority", authority(state.authorities().cluster()));
            body.put("authorities", authorities(state.authorities()));
            body.put("keys", keys(state.keys()));
            body.put("certificates", certificates(state));
            body.put("public_name", publicName(state.publicName()));
        }
        body.put("status", state.status().published());
        body.put("standing", standing(state));
        ClusterPause pause = state.pause();
        if (pause != null) {
            body.put("pause", LifeController.shown(pause));
        }
        if (state.hibernation().number() > 0) {
            body.put("hibernation", HibernationController.shown(state.hibernation()));
        }
        body.put("maintenance", LifeController.shown(state.maintenance()));
        return body;
    }

    private static Map<String, Object> authority(ClusterAuthority authority) {
        return Map.of(
                "generation",
                authority.generation(),
                "rotation",
                authority.phase().name().toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> authorities(ClusterAuthorities authorities) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (CertificateAuthority which : CertificateAuthority.values()) {
            body.put(which.name().toLowerCase(Locale.ROOT), authority(authorities.of(which)));
        }
        return body;
    }

    private static Map<String, Object> keys(ClusterKeys keys) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (ClusterKey key : ClusterKey.values()) {
            KeyRotation rotation = keys.of(key);
            body.put(
                    key.name().toLowerCase(Locale.ROOT),
                    Map.of(
                            "generation",
                            rotation.generation(),
                            "rotation",
                            rotation.phase().name().toLowerCase(Locale.ROOT)));
        }
        return body;
    }

    private static Map<String, Object> publicName(PublicName name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("domain", name.domain());
        body.put("name", name.name());
        if (!name.delegation().isEmpty()) {
            body.put("alias", Map.of("of", "_acme-challenge." + name.name(), "to", name.delegation()));
        }
        body.put("message", name.sentence());
        IssuedCertificate certificate = name.certificate();
        if (certificate != null) {
            body.put("not_after", certificate.notAfter().toString());
        }
        Fault fault = name.fault();
        if (fault != null) {
            body.put("fault", fault.name().toLowerCase(Locale.ROOT));
        }
        return body;
    }

    private static Map<String, Object> oidc(OidcSettings oidc) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (oidc.hasIssuer()) {
            body.put("issuer_url", oidc.issuerUrl());
            body.put("client_id", oidc.clientId());
            body.put("username_claim", oidc.usernameClaim());
            body.put("username_prefix", oidc.usernamePrefix());
            body.put("groups_claim", oidc.groupsClaim());
            body.put("groups_prefix", oidc.groupsPrefix());
            body.put("certificate_authority", oidc.certificateAuthority());
        }
        return body;
    }

    private static Map<String, Object> extraArgs(ExtraArgs args) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (ControlPlaneComponent component : ControlPlaneComponent.values()) {
            body.put(component.published(), args.of(component));
        }
        return body;
    }

    private static Map<String, Object> certificates(ClusterState state) {
        Map<String, Object> body = new LinkedHashMap<>();
        state.firstToEnd().ifPresent(first -> {
            body.put("first_to_end", first.name());
            body.put("not_after", first.notAfter().toString());
        });
        ClusterEvent.RenewalOverdue overdue = state.overdue();
        if (overdue != null) {
            body.put("overdue", overdue.sentence());
        }
        return body;
    }

    /** What was seen is the customer's to read only where it is the customer's to put right. */
    private static List<Map<String, Object>> standing(ClusterState state) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ClusterEvent.WorkStalled stalled : state.stalled()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("work", stalled.work());
            body.put("fault", stalled.fault().published());
            body.put("reason", stalled.reason());
            body.put("since", stalled.since().toString());
            body.put("message", stalled.fault() == Fault.CUSTOMER ? stalled.message() : "");
            all.add(body);
        }
        return all;
    }
}
