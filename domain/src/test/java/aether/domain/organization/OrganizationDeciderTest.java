package aether.domain.organization;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.EtcdMembers;
import aether.domain.kernel.Decision;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.kernel.Personal;
import aether.domain.samples.Decided;
import aether.domain.samples.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationDeciderTest {

    private static final ClusterId OTHER = new ClusterId(NameBasedId.of("other"));
    private final OrganizationState acme = OrganizationState.ABSENT.apply(
            new OrganizationEvent.OrganizationRegistered(Samples.ORGANIZATION, "acme", "Acme"));

    @Test
    void claimsASlugOnceAndForAll() {
        SlugCommand.RegisterOrganization register =
                new SlugCommand.RegisterOrganization("acme", Samples.ORGANIZATION, "Acme");
        SlugState taken = SlugState.FREE.apply(new SlugEvent.SlugClaimed("acme", Samples.ORGANIZATION));

        assertThat(Decided.events(SlugDecider.decide(SlugState.FREE, register)))
                .containsExactly(
                        new SlugEvent.SlugClaimed("acme", Samples.ORGANIZATION),
                        new OrganizationEvent.OrganizationRegistered(Samples.ORGANIZATION, "acme", "Acme"));
        assertThat(Decided.events(SlugDecider.decide(taken, register))).isEmpty();
        assertThat(Decided.code(SlugDecider.decide(
                        taken,
                        new SlugCommand.RegisterOrganization(
                                "acme", new OrganizationId(NameBasedId.of("rival")), "Rival"))))
                .isEqualTo("name_taken");
        assertThat(taken.holder()).contains(Samples.ORGANIZATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "acme.com"})
    void refusesASlugThatIsNoLabel(String slug) {
        assertThat(Decided.rejection(SlugDecider.decide(
                                SlugState.FREE,
                                new SlugCommand.RegisterOrganization(slug, Samples.ORGANIZATION, "Acme")))
                        .field())
                .isEqualTo("slug");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0007b"})
    void refusesANameThatNobodyCanRead(String name) {
        assertThat(Decided.code(SlugDecider.decide(
                        SlugState.FREE, new SlugCommand.RegisterOrganization("acme", Samples.ORGANIZATION, name))))
                .isEqualTo("invalid_display_name");
        assertThat(Decided.code(decide(acme, new OrganizationCommand.RenameOrganization(Samples.ORGANIZATION, name))))
                .isEqualTo("invalid_display_name");
    }

    @Test
    void renamesOnlyWhatChanges() {
        assertThat(Decided.events(
                        decide(acme, new OrganizationCommand.RenameOrganization(Samples.ORGANIZATION, "Acme"))))
                .isEmpty();
        assertThat(Decided.events(
                        decide(acme, new OrganizationCommand.RenameOrganization(Samples.ORGANIZATION, "Acme AG"))))
                .containsExactly(new OrganizationEvent.OrganizationRenamed(Samples.ORGANIZATION, "Acme AG"));
        assertThat(Decided.rejection(decide(
                                acme,
                                new OrganizationCommand.RenameOrganization(Samples.ORGANIZATION, "x".repeat(121))))
                        .message())
                .contains("121 characters");
    }

    @Test
    void claimsANameAndStartsTheClusterTogether() {
        assertThat(Decided.events(decide(acme, request(Samples.CLUSTER, "shop", Samples.VERSION))))
                .containsExactly(
                        new OrganizationEvent.ClusterNameClaimed(Samples.ORGANIZATION, "shop", Samples.CLUSTER),
                        new ClusterEvent.ClusterRequested(
                                Samples.CLUSTER,
                                Samples.ORGANIZATION,
                                "shop",
                                Samples.REGION,
                                Samples.VERSION,
                                false,
                                Channel.API));
    }

    @Test
    void refusesAClusterThatMayNotBe() {
        OrganizationState taken =
                acme.apply(new OrganizationEvent.ClusterNameClaimed(Samples.ORGANIZATION, "shop", Samples.CLUSTER));

        assertThat(Decided.code(decide(acme, request(Samples.CLUSTER, "Shop", Samples.VERSION))))
                .isEqualTo("invalid_name");
        assertThat(Decided.code(decide(taken, request(OTHER, "shop", Samples.VERSION))))
                .isEqualTo("name_taken");
        assertThat(Decided.code(decide(acme, request(OTHER, "shop", new KubernetesVersion(1, 2, 3)))))
                .isEqualTo("unsupported_version");
        assertThat(Decided.code(decide(OrganizationState.ABSENT, request(OTHER, "shop", Samples.VERSION))))
                .isEqualTo("organization_unknown");
        assertThat(Decided.events(decide(taken, request(Samples.CLUSTER, "shop", Samples.VERSION))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 4, 5})
    void refusesAnEtcdThatOneMoreMemberWouldMakeWorse(int members) {
        var refused = Decided.rejection(decide(
                acme,
                new OrganizationCommand.RequestCluster(
                        Samples.ORGANIZATION,
                        OTHER,
                        "shop",
                        Samples.REGION,
                        Samples.VERSION,
                        false,
                        members,
                        null,
                        Channel.API)));

        assertThat(refused.field()).isEqualTo("etcd.members");
        assertThat(refused.message()).isEqualTo("Expected an etcd of [1, 3] members, but got " + members + ".");
    }

    @Test
    void aReleasedNameMayBeTakenAgain() {
        OrganizationState taken =
                acme.apply(new OrganizationEvent.ClusterNameClaimed(Samples.ORGANIZATION, "shop", Samples.CLUSTER));
        OrganizationEvent.ClusterNameReleased released =
                new OrganizationEvent.ClusterNameReleased(Samples.ORGANIZATION, "shop", Samples.CLUSTER);
        OrganizationCommand.ReleaseClusterName release =
                new OrganizationCommand.ReleaseClusterName(Samples.ORGANIZATION, Samples.CLUSTER);

        assertThat(Decided.events(decide(taken, release))).containsExactly(released);
        assertThat(Decided.events(decide(taken.apply(released), release))).isEmpty();
        assertThat(Decided.events(decide(taken.apply(released), request(OTHER, "shop", Samples.VERSION))))
                .hasSize(2);
        assertThat(taken.apply(released).claims()).isEqualTo(1);
    }

    @Test
    void aClusterMayBeginWithASnapshotOfOneThatIsOrWas() {
        OrganizationState has =
                acme.apply(new OrganizationEvent.ClusterNameClaimed(Samples.ORGANIZATION, "shop", Samples.CLUSTER));
        OrganizationState had =
                has.apply(new OrganizationEvent.ClusterNameReleased(Samples.ORGANIZATION, "shop", Samples.CLUSTER));
        ClusterSnapshot snapshot = new ClusterSnapshot(Samples.CLUSTER, "etcd-snapshot-29412345");

        for (OrganizationState state : List.of(has, had)) {
            assertThat(Decided.events(decide(state, from(snapshot))))
                    .last()
                    .isInstanceOfSatisfying(
                            ClusterEvent.ClusterRequested.class,
                            requested -> assertThat(requested.restoredFrom()).isEqualTo(snapshot));
        }
    }

    @Test
    void aClusterOfAnotherOrganizationAndOneThatNeverWasAreTheSame() {
        var never = Decided.rejection(decide(acme, from(new ClusterSnapshot(Samples.CLUSTER, "etcd-snapshot-1"))));

        assertThat(never.code()).isEqualTo("restore_source_unknown");
        assertThat(never.field()).isEqualTo("restore_from.cluster");
        assertThat(never.message())
                .isEqualTo("Expected a cluster of the organization by its name, or by its id if it is deleted, but"
                        + " there is no '" + Samples.CLUSTER + "'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../other/etcd-snapshot-1",
                "a/b",
                "etcd-snapshot-1.db",
                "-rf",
                "--config=/etc/passwd",
                "a b",
                "$(id)",
                "`id`",
                "a;id",
                "a\nb",
                "a'b",
                "A",
                "store:a",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void refusesASnapshotWhoseNameIsMoreThanAName(String name) {
        OrganizationState has =
                acme.apply(new OrganizationEvent.ClusterNameClaimed(Samples.ORGANIZATION, "shop", Samples.CLUSTER));

        assertThat(Decided.rejection(decide(has, from(new ClusterSnapshot(Samples.CLUSTER, name))))
                        .field())
                .isEqualTo("restore_from.snapshot");
    }

    private static OrganizationCommand.RequestCluster from(ClusterSnapshot snapshot) {
        return new OrganizationCommand.RequestCluster(
                Samples.ORGANIZATION,
                OTHER,
                "again",
                Samples.REGION,
                Samples.VERSION,
                false,
                EtcdMembers.DEFAULT,
                snapshot,
                Channel.API);
    }

    private static OrganizationCommand.RequestCluster request(
            ClusterId cluster, String name, KubernetesVersion version) {
        return new OrganizationCommand.RequestCluster(
                Samples.ORGANIZATION, cluster, name, Samples.REGION, version, false, Channel.API);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mia", "@x", "mia@", "a@b@c", "mia meyer@x.org", "mia@x\u0007"})
    void refusesAContactThatIsNoAddressWithoutRepeatingIt(String email) {
        var refused = Decided.rejection(decide(
                acme, new OrganizationCommand.SetBillingContact(Samples.ORGANIZATION, new Personal.Plain(email))));

        assertThat(refused.code()).isEqualTo("invalid_email");
        assertThat(refused.message()).doesNotContain("mia");
    }

    @Test
    void takesAContactAndRemovesItOnce() {
        Personal mia = new Personal.Plain("mia@example.org");
        var set = new OrganizationCommand.SetBillingContact(Samples.ORGANIZATION, mia);
        var remove = new OrganizationCommand.RemoveBillingContact(Samples.ORGANIZATION);
        OrganizationState with = acme.apply(new OrganizationEvent.BillingContactSet(Samples.ORGANIZATION, mia));

        assertThat(Decided.events(decide(acme, set)))
                .containsExactly(new OrganizationEvent.BillingContactSet(Samples.ORGANIZATION, mia));
        assertThat(Decided.events(decide(acme, remove))).isEmpty();
        assertThat(Decided.events(decide(with, remove)))
                .containsExactly(new OrganizationEvent.BillingContactRemoved(Samples.ORGANIZATION));
        assertThat(set.toString()).doesNotContain("mia");
    }

    private static Decision<OrganizationRejection> decide(OrganizationState state, OrganizationCommand command) {
        return OrganizationDecider.decide(state, command);
    }
}
