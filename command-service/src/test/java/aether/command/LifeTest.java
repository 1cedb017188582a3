package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a cluster may be changed, by REST. */
class LifeTest {

    private final RunningService service = RunningService.shared();

    private String path(String name) {
        String slug = service.organization();
        RunningService.Answer cluster = service.cluster(slug, name);
        assertThat(cluster.status()).as(cluster.body()).isEqualTo(201);
        return "/api/v1/organizations/" + slug + "/clusters/" + name;
    }

    @Test
    void aPauseHasOneEndAndAReasonAndAClusterThatServes() {
        String path = path("paused") + "/pause";

        RunningService.Answer both = service.json(
                "POST", path, "admin", "{\"until\":\"2026-12-01T06:00:00Z\",\"minutes\":5,\"reason\":\"incident\"}");
        assertThat(both.status()).isEqualTo(422);
        assertThat(both.field()).isEqualTo("until");
        RunningService.Answer why = service.json("POST", path, "admin", "{\"minutes\":5,\"reason\":\"because\"}");
        assertThat(why.status()).isEqualTo(422);
        assertThat(why.field()).isEqualTo("reason");
        RunningService.Answer forEver = service.json("POST", path, "admin", "{\"minutes\":10081,\"reason\":\"other\"}");
        assertThat(forEver.code()).isEqualTo("invalid_pause");
        RunningService.Answer tooEarly = service.json("POST", path, "admin", "{\"minutes\":5,\"reason\":\"other\"}");
        assertThat(tooEarly.status()).as(tooEarly.body()).isEqualTo(409);
        assertThat(tooEarly.code()).isEqualTo("wrong_status");
    }

    @Test
    void onlyAClusterThatRunsIsPutToSleepByWhoeverManagesIt() {
        String path = path("sleepy");

        RunningService.Answer why = service.json("POST", path + "/hibernate", "admin", "{\"reason\":\"tired\"}");
        assertThat(why.status()).isEqualTo(422);
        assertThat(why.field()).isEqualTo("reason");
        RunningService.Answer early = service.json("POST", path + "/hibernate", "admin", "{\"reason\":\"unused\"}");
        assertThat(early.status()).as(early.body()).isEqualTo(409);
        assertThat(early.body()).contains("Expected a cluster that is running, but it is provisioning.");
        RunningService.Answer wake = service.send("POST", path + "/wake", "admin", null, null);
        assertThat(wake.code()).isEqualTo("wrong_status");
        assertThat(service.json("POST", path + "/hand-over", "admin", "{\"channel\":\"kubernetes\"}")
                        .status())
                .isEqualTo(200);
        RunningService.Answer elsewhere = service.json("POST", path + "/hibernate", "admin", "{\"reason\":\"unused\"}");
        assertThat(elsewhere.code()).isEqualTo("managed_elsewhere");
    }

    @Test
    void aManifestSaysWhenItsClusterMayBeChangedAndIsReadAgainWithoutAnEvent() {
        String slug = RunningService.slug("calendar");
        String organization =
                "apiVersion: aetherplatform.cloud/v1alpha1\nkind: Organization\nmetadata: {name: " + slug + "}\n---\n";

        String weekends = organization + cluster(slug, "maintenance_windows: ['sun,sat 02:00+240m']");
        assertThat(service.yaml("admin", weekends).status()).isEqualTo(200);
        long head = service.head();
        assertThat(service.yaml("admin", weekends).body()).doesNotContain("\"changed\"", "\"created\"");
        assertThat(service.head()).isEqualTo(head);
        assertThat(service.yaml("admin", organization + cluster(slug, "maintenance_windows: []"))
                        .body())
                .contains("\"changed\"");

        RunningService.Answer paused = service.yaml(
                "admin", organization + cluster(slug, "pause: {until: '2099-01-01T00:00:00Z', reason: incident}"));
        assertThat(paused.body()).contains("\"code\":\"invalid_pause\"");
        assertThat(paused.field()).isEqualTo("documents[1].spec.pause");
        RunningService.Answer asleep = service.yaml("admin", organization + cluster(slug, "hibernated: true"));
        assertThat(asleep.field()).as(asleep.body()).isEqualTo("documents[1].spec.hibernated");
        assertThat(asleep.body()).contains("Expected a cluster that is running, but it is provisioning.");
        RunningService.Answer far = service.yaml("admin", organization + cluster(slug, "rotations: {cluster_ca: 3}"));
        assertThat(far.field()).as(far.body()).isEqualTo("documents[1].spec.rotations.cluster_ca");
        assertThat(service.yaml(
                                "admin",
                                organization
                                        + cluster(
                                                slug,
                                                "hibernated: false, pause: {}, rotations: {cluster_ca: 1},"
                                                        + " maintenance_windows: []"))
                        .body())
                .as("what is so already")
                .doesNotContain("\"changed\"");
    }

    private static String cluster(String slug, String field) {
        return "apiVersion: aetherplatform.cloud/v1alpha1\nkind: Cluster\nmetadata: {name: shop, organization: " + slug
                + "}\nspec: {region: local, k8s_version: '1.33', " + field + "}\n";
    }

    @Test
    void windowsAreKeptInOneFormAndOthersAreRefused() {
        String path = path("maintained");
        String windows = path + "/maintenance-windows";

        RunningService.Answer kept =
                service.json("PUT", windows, "admin", "{\"windows\":[\"sun,sat 02:00+240m\",\"wed 22:30+90m\"]}");
        assertThat(kept.status()).as(kept.body()).isEqualTo(202);
        assertThat(kept.json().at("/maintenance/windows").toString())
                .isEqualTo("[\"sat,sun 02:00+4h\",\"wed 22:30+90m\"]");
        RunningService.Answer none = service.json("PUT", windows, "admin", "{\"windows\":[\"at night\"]}");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.field()).isEqualTo("windows");
        assertThat(none.body()).contains("invalid_maintenance_windows", "sat,sun 02:00+4h");
        RunningService.Answer unknown = service.send("DELETE", path + "/planned-work/reboot", "admin", null, null);
        assertThat(unknown.status()).isEqualTo(422);
        RunningService.Answer withoutReason =
                service.json("POST", path + "/authority-rotation", "admin", "{\"now\":true}");
        assertThat(withoutReason.status()).isEqualTo(400);
        assertThat(withoutReason.field()).isEqualTo("reason");
    }

    @Test
    void fromWhereTheApiMayBeReachedIsSetAsAWholeAndEachBlockIsLookedAt() {
        String path = path("listed") + "/network";

        RunningService.Answer wrong =
                service.json("PUT", path, "admin", "{\"authorized_cidrs\":[\"203.0.113.0/24\",\"203.0.113.9/24\"]}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.code()).isEqualTo("invalid_authorized_cidrs");
        assertThat(wrong.field()).isEqualTo("authorized_cidrs[1]");
        RunningService.Answer set = service.json(
                "PUT", path, "admin", "{\"authorized_cidrs\":[\"203.0.113.0/24\",\"9.0.0.0/8\",\"9.0.0.0/8\"]}");
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.json().path("authorized_cidrs").toString()).isEqualTo("[\"9.0.0.0/8\",\"203.0.113.0/24\"]");
        assertThat(service.get(path, "admin").json()).isEqualTo(set.json());
        RunningService.Answer everywhere = service.json("PUT", path, "admin", "{\"authorized_cidrs\":[]}");
        assertThat(everywhere.json().path("authorized_cidrs").toString()).isEqualTo("[]");
        RunningService.Answer unsaid = service.json("PUT", path, "admin", "{}");
        assertThat(unsaid.status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void whichAuthorityIsExchangedIsNamedAndTheClusterAuthorityWhereItIsNot() {
        String path = path("trusted") + "/authority-rotation";

        RunningService.Answer unknown = service.json("POST", path, "admin", "{\"authority\":\"root\"}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.field()).isEqualTo("authority");
        assertThat(unknown.body()).contains("cluster, etcd or front-proxy");
        RunningService.Answer itself = service.json("POST", path + "/complete", "admin", "{\"authority\":\"etcd\"}");
        assertThat(itself.code()).as(itself.body()).isEqualTo("rotation_completes_itself");
        assertThat(itself.field()).isEqualTo("authority");
        RunningService.Answer notPrepared = service.send("POST", path + "/complete", "admin", null, null);
        assertThat(notPrepared.status()).as(notPrepared.body()).isEqualTo(409);
        assertThat(notPrepared.body()).contains("rotation of the cluster CA");
        RunningService.Answer shown = service.json(
                "PUT", path.replace("/authority-rotation", "/maintenance-windows"), "admin", "{\"windows\":[]}");
        assertThat(shown.json().at("/authorities/front_proxy/rotation").asString(""))
                .isEqualTo("steady");
    }
}
