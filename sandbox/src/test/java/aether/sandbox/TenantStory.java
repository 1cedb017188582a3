package aether.sandbox;

import aether.sandbox.certificates.Conditions;
import aether.sandbox.journal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings one tenant to life as a worker would: every step looks first, so the story can be told again after any crash.
 */
final class TenantStory {
    private final Calls calls;
    private final String namespace;

    TenantStory(Calls calls, String namespace) {
        this.calls = calls;
        this.namespace = namespace;
    }

    void tell() {
        calls.apply("/api/v1/namespaces/" + namespace, "{}");
        issuers();
        certificate(
                "apiserver",
                "\"dnsNames\":[\"kubernetes\"],\"ipAddresses\":[\"127.0.0.1\"],\"usages\":[\"server auth\"]");
        certificate(
                "admin",
                "\"commonName\":\"admin\",\"subject\":{\"organizations\":[\"system:masters\"]},\"usages\":[\"client auth\"]");
        certificate("guest", "\"commonName\":\"guest\",\"usages\":[\"client auth\"]");
        apply("apps/v1", "statefulsets", "etcd", """
                {"spec":{"replicas":1,"serviceName":"etcd","selector":{"matchLabels":{"app":"etcd"}},
                "template":{"metadata":{"labels":{"app":"etcd"}},"spec":{"containers":[{"name":"etcd","image":"etcd:3.6.1"}]}},
                "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}}]}}""");
        calls.apply(core("services", "kube-apiserver"), """
                {"spec":{"selector":{"app":"kube-apiserver"},"ports":[{"port":6443}]}}""");
        apiserver("v1.34.1");
        Calls.await("the tenant API", () -> !address().isEmpty());
        machine();
    }

    void issuers() {
        apply("cert-manager.io/v1", "issuers", "root", "{\"spec\":{\"selfSigned\":{}}}");
        calls.apply(certManager("certificates", "ca"), """
                {"spec":{"isCA":true,"secretName":"ca","commonName":"%s-ca","issuerRef":{"name":"root"},"duration":"87600h","privateKey":{"algorithm":"ECDSA"}}}""".formatted(namespace));
        apply("cert-manager.io/v1", "issuers", "ca", "{\"spec\":{\"ca\":{\"secretName\":\"ca\"}}}");
    }

    void certificate(String name, String fields) {
        calls.apply(certManager("certificates", name), """
                {"spec":{"secretName":"%s","issuerRef":{"name":"ca"},"duration":"2160h","privateKey":{"algorithm":"ECDSA"},%s}}""".formatted(name, fields));
        Calls.await("certificate " + name, () -> isReady(name));
    }

    boolean isReady(String name) {
        ObjectNode certificate = certificate(name);
        return Conditions.isTrue(certificate, "Ready") && !Conditions.isTrue(certificate, "Issuing");
    }

    ObjectNode certificate(String name) {
        return calls.get(certManager("certificates", name)).body();
    }

    ObjectNode secret(String name) {
        return calls.get(core("secrets", name)).body();
    }

    void apiserver(String version) {
        ObjectNode trust = Json.object();
        trust.putObject("data")
                .put(
                        "ca.crt",
                        new String(
                                Base64.getDecoder().decode(Json.text(secret("ca"), "data", "tls.crt")),
                                StandardCharsets.US_ASCII));
        calls.apply(core("configmaps", "trust"), trust.toString());
        apply("apps/v1", "deployments", "kube-apiserver", """
                {"metadata":{"labels":{"app.kubernetes.io/component":"kube-apiserver"},
                "annotations":{"sandbox.aetherplatform.cloud/tenant-api":"true",
                "sandbox.aetherplatform.cloud/serving-secret":"apiserver",
                "sandbox.aetherplatform.cloud/client-ca-config-map":"trust"}},
                "spec":{"replicas":2,"selector":{"matchLabels":{"app":"kube-apiserver"}},
                "template":{"metadata":{"labels":{"app":"kube-apiserver"}},"spec":{
                "containers":[{"name":"kube-apiserver","image":"kube-apiserver:%s"}],
                "volumes":[{"name":"tls","secret":{"secretName":"apiserver"}}]}}}}""".formatted(version));
    }

    String address() {
        JsonNode service = calls.get(core("services", "kube-apiserver")).body();
        return Json.text(service, "metadata", "annotations", "sandbox.aetherplatform.cloud/address");
    }

    void machine() {
        String name = namespace + "-worker-0";
        boolean there = calls.get("/hypervisor/vms?tag=" + namespace)
                        .body()
                        .path("items")
                        .size()
                > 0;
        if (!there) {
            calls.send("POST", "/hypervisor/vms", """
                    {"vmid":101,"name":"%s","tags":["%s"],"cores":2,"memory_mb":2048,"disk_gb":10}""".formatted(name, namespace));
        }
        Calls.await("the clone", () -> !Json.text(vm(), "status").equals("cloning"));
        if (!vm().path("config_fetched").asBoolean()) {
            ObjectNode config = Json.object().put("role", "worker");
            config.putObject("machine_config")
                    .put("tenant_namespace", namespace)
                    .put(
                            "ca",
                            new String(
                                    java.util.Base64.getDecoder().decode(Json.text(secret("ca"), "data", "tls.crt")),
                                    java.nio.charset.StandardCharsets.UTF_8));
            calls.send("PUT", "/hypervisor/vms/101/config", config.toString());
        }
        calls.send("POST", "/hypervisor/vms/101/start", "");
        Calls.await("the node", () -> vm().path("joined").asBoolean());
    }

    ObjectNode vm() {
        return calls.get("/hypervisor/vms/101").body();
    }

    private String core(String plural, String name) {
        return "/api/v1/namespaces/" + namespace + "/" + plural + "/" + name;
    }

    private String certManager(String plural, String name) {
        return "/apis/cert-manager.io/v1/namespaces/" + namespace + "/" + plural + "/" + name;
    }

    private void apply(String group, String plural, String name, String body) {
        calls.apply("/apis/" + group + "/namespaces/" + namespace + "/" + plural + "/" + name, body);
    }

    /** What must be equal however often the story was cut: names, counts, effects; not times, ports, keys. */
    static String outcome(Sandbox sandbox) {
        List<String> effects = new Calls(sandbox.url(), sandbox.token())
                .get("/hypervisor/ledger")
                .body()
                .path("items")
                .valueStream()
                .map(effect -> Json.text(effect, "effect") + " " + Json.text(effect, "name"))
                .sorted()
                .toList();
        TreeSet<String> objects = new TreeSet<>();
        sandbox.management()
                .everything()
                .forEach(object -> objects.add(Json.text(object, "kind") + " "
                        + Json.text(object, "metadata", "namespace") + "/" + Json.text(object, "metadata", "name") + " "
                        + Json.text(object, "status", "phase")
                        + Json.at(object, "status", "readyReplicas") + Json.at(object, "status", "revision")));
        return sandbox.inventory().toPrettyString() + "\n" + effects + "\n" + String.join("\n", objects);
    }
}
