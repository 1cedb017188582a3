package aether.command;

import aether.command.audit.AuditWriter;
import aether.command.audit.ClockSteps;
import aether.command.door.Door;
import aether.command.forgetting.ForgettingRounds;
import aether.command.gateway.GatewayLoop;
import aether.command.region.Regions;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** What happens between Axon's start and the first request, and the other way round at the end. */
final class CommandServiceLifecycle implements SmartLifecycle {

    /** After Axon has subscribed the aggregates, before the web server opens. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 1;

    private final Regions regions;

    private final ClockSteps clockSteps;

    private final AuditWriter audit;

    private final Door door;

    private final ForgettingRounds forgetting;

    private final @Nullable GatewayLoop gateway;

    private volatile boolean running;

    CommandServiceLifecycle(
            Regions regions,
            ClockSteps clockSteps,
            AuditWriter audit,
            Door door,
            ForgettingRounds forgetting,
            @Nullable GatewayLoop gateway) {
        this.regions = regions;
        this.clockSteps = clockSteps;
        this.audit = audit;
        this.door = door;
        this.forgetting = forgetting;
        this.gateway = gateway;
    }

    @Override
    public void start() {
        clockSteps.tell(audit::clockStepped);
        audit.start();
        regions.open();
        door.start();
        forgetting.start();
        if (gateway != null) {
            gateway.start();
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (gateway != null) {
            gateway.close();
        }
        forgetting.close();
        door.close();
        audit.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
