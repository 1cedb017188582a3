package aether.standalone.show;

import aether.domain.cluster.ProvisioningStage;
import java.util.Locale;
import java.util.Optional;

/** What the stages of provisioning are called, and which comes next. */
final class ClusterStages {

    private ClusterStages() {}

    /**
     * A stage as a person reads it.
     *
     * @param next what is under way once it is over; empty after the last
     */
    record Shown(String done, Optional<String> next) {}

    /**
     * The stage that the API names.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    static Shown of(String published) {
        ProvisioningStage stage = ProvisioningStage.valueOf(published.toUpperCase(Locale.ROOT));
        ProvisioningStage[] all = ProvisioningStage.values();
        for (int index = 0; index < all.length; index++) {
            if (all[index] == stage) {
                return new Shown(
                        stage.done(), index + 1 < all.length ? Optional.of(all[index + 1].done()) : Optional.empty());
            }
        }
        throw new IllegalArgumentException("Expected a stage of provisioning, but got " + published + ".");
    }
}
