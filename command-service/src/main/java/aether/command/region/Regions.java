package aether.command.region;

import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.domain.kernel.Outcome;
import aether.store.log.LogOutcomeUnknown;
import aether.store.log.LogUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that every configured region is open with the plan it is configured with. */
public final class Regions {

    /** With the log's own patience a minute in all: a database that starts later than we do is no error. */
    private static final int ATTEMPTS = 6;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Regions.class);

    private final List<RegionPlan> plans;

    private final CommandDispatcher dispatcher;

    private final Supplier<UUID> ids;

    /** Regions by their plans. */
    public Regions(List<RegionPlan> plans, CommandDispatcher dispatcher, Supplier<UUID> ids) {
        this.plans = List.copyOf(plans);
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    /**
     * Opens what is not open yet; a region that is open with the same plan stays as it is.
     *
     * @throws IllegalStateException when a region is open with another plan
     * @throws LogUnavailable when the log does not answer for a minute
     */
    public void open() {
        plans.forEach(this::open);
    }

    private void open(RegionPlan plan) {
        switch (send(plan)) {
            case Outcome.Accepted accepted -> {
                if (accepted.changed()) {
                    LOG.info("Opened region {}", plan);
                }
            }
            case Outcome.Refused refused ->
                throw new IllegalStateException("Expected to open region '" + plan.name() + "', but: "
                        + refused.message() + " Configure the plan that it was opened with, or another name.");
        }
    }

    private Outcome send(RegionPlan plan) {
        CommandEnvelope envelope = new CommandEnvelope(ids.get(), plan.command(), CommandContext.of(Actor.SERVICE));
        for (int attempt = 1; ; attempt++) {
            try {
                return dispatcher.dispatch(envelope).outcome();
            } catch (LogUnavailable | LogOutcomeUnknown e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.warn("Expected to open region '{}', but {}; trying again", plan.name(), e.getMessage());
                pause(e);
            }
        }
    }

    private static void pause(RuntimeException cause) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
