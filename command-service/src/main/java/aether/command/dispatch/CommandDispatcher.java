package aether.command.dispatch;

import aether.command.access.Principal;
import aether.command.privacy.PersonalSeam;
import aether.domain.kernel.Command;
import aether.domain.kernel.FoundingCommand;
import aether.domain.kernel.Outcome;
import aether.store.axon.DuplicateCommandException;
import aether.store.axon.MetadataKeys;
import aether.store.log.AppendOutcome;
import aether.store.log.LogOutcomeUnknown;
import aether.store.log.LogUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.caching.Cache;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Carries commands to their aggregates and answers once the events are flushed. Safe for many threads; meant for
 * virtual ones, because it waits.
 */
public final class CommandDispatcher {

    /** Beyond this, waiting for a place costs less than another command in flight. */
    public static final int MAX_IN_FLIGHT = 512;

    /** Shorter than a client's patience, longer than a batch. */
    static final Duration WAIT_FOR_PLACE = Duration.ofSeconds(2);

    /** Four hot streams shared by three processes needed up to seven; see docs of the event log. */
    static final int MAX_ATTEMPTS = 12;

    private static final long FIRST_PAUSE_NANOS = 1_000_000;

    private static final long LONGEST_PAUSE_NANOS = 64_000_000;

    private final CommandBus bus;

    private final Appends appends;

    private final Cache cache;

    private final LongSupplier head;

    private final RandomGenerator random;

    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT, true);

    /**
     * A dispatcher.
     *
     * @param cache the aggregates' cache; may be behind another process
     * @param head the position of the newest event
     * @param random spreads retries
     */
    public CommandDispatcher(CommandBus bus, Appends appends, Cache cache, LongSupplier head, RandomGenerator random) {
        this.bus = bus;
        this.appends = appends;
        this.cache = cache;
        this.head = head;
        this.random = random;
    }

    /**
     * Carries a command.
     *
     * @throws LogUnavailable when the log is away; nothing of the command is or will be stored
     * @throws LogOutcomeUnknown when the log went away meanwhile; the same command may be sent again
     * @throws Overloaded when too many commands are in flight
     */
    public Dispatched dispatch(CommandEnvelope envelope) {
        takePlace();
        try {
            return attempt(envelope);
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(WAIT_FOR_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Overloaded(MAX_IN_FLIGHT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("Expected to carry a command, but was interrupted before", e);
        }
    }

    private Dispatched attempt(CommandEnvelope envelope) {
        String stream = envelope.command().stream();
        boolean guessed = envelope.command() instanceof FoundingCommand && !cache.containsKey(stream);
        for (int attempt = 1; ; attempt++) {
            boolean unsure = guessed || cache.containsKey(stream);
            CommandResultMessage<?> result = send(envelope, guessed);
            AppendOutcome.@Nullable Appended appended = appends.take();
            if (!result.isExceptional()) {
                Outcome outcome = (Outcome) result.getPayload();
                if (appended != null) {
                    return new Dispatched(outcome, appended.lastPosition());
                }
                if (unsure && attempt < MAX_ATTEMPTS) {
                    // The stream may be begun, or moved on by another process: a refusal needs what the log says now.
                    cache.remove(stream);
                    guessed = false;
                    continue;
                }
                return new Dispatched(outcome, head.getAsLong());
            }
            Throwable failure = result.exceptionResult();
            if (isConflict(failure) && attempt < MAX_ATTEMPTS) {
                if (!guessed) {
                    pause(attempt);
                }
                guessed = false;
                continue;
            }
            return settled(envelope.command(), failure);
        }
    }

    private CommandResultMessage<?> send(CommandEnvelope envelope, boolean begins) {
        Map<String, Object> metadata = metadata(envelope);
        if (begins) {
            metadata.put(MetadataKeys.BEGINS, envelope.command().stream());
        }
        AtomicReference<@Nullable CommandResultMessage<?>> answer = new AtomicReference<>();
        bus.dispatch(
                new GenericCommandMessage<>(envelope.command(), metadata), (message, result) -> answer.set(result));
        CommandResultMessage<?> result = answer.get();
        if (result == null) {
            throw new IllegalStateException("Expected the bus to answer on the caller's thread, but it did not");
        }
        return result;
    }

    private Dispatched settled(Command command, Throwable failure) {
        return switch (failure) {
            case DuplicateCommandException ignored -> new Dispatched(new Outcome.Accepted(false), head.getAsLong());
            case AggregateNotFoundException ignored ->
                new Dispatched(
                        Unknown.refusal(command)
                                .orElseThrow(() -> new IllegalStateException(
                                        "Expected the domain to refuse a command to an empty stream, but it did not",
                                        failure)),
                        head.getAsLong());
            case ConcurrencyException conflict -> throw quarrel(conflict);
            case AggregateStreamCreationException conflict -> throw quarrel(conflict);
            case RuntimeException unchecked -> throw unchecked;
            default -> throw new IllegalStateException("Expected the command to be handled, but it failed", failure);
        };
    }

    private static LogUnavailable quarrel(RuntimeException conflict) {
        return new LogUnavailable(
                "Expected to append within " + MAX_ATTEMPTS
                        + " attempts, but others moved the stream on each time; try again shortly.",
                conflict);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ConcurrencyException || failure instanceof AggregateStreamCreationException;
    }

    private void pause(int attempt) {
        long longest = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << attempt);
        try {
            TimeUnit.NANOSECONDS.sleep(random.nextLong(longest / 2, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("Expected to append, but was interrupted between two attempts", e);
        }
    }

    private static Map<String, Object> metadata(CommandEnvelope envelope) {
        CommandContext context = envelope.context();
        Map<String, Object> metadata = new HashMap<>();
        metadata.put(MetadataKeys.ACTOR_TYPE, context.actor().type());
        metadata.put(MetadataKeys.COMMAND_ID, envelope.commandId());
        put(metadata, MetadataKeys.REQUEST_ID, context.requestId());
        put(metadata, MetadataKeys.CAUSATION_ID, context.causationId());
        put(metadata, MetadataKeys.CORRELATION_ID, context.correlationId());
        put(metadata, MetadataKeys.TRACEPARENT, context.traceparent());
        putActor(metadata, context);
        return metadata;
    }

    /** What may name a person goes under keys that the log does not take; the seam replaces them. */
    private static void putActor(Map<String, Object> metadata, CommandContext context) {
        Principal principal = context.actor().principal();
        if (principal.mayBeAPerson()) {
            metadata.put(PersonalSeam.PRINCIPAL, principal);
            put(metadata, PersonalSeam.PLAIN_SOURCE_ADDRESS, context.sourceAddress());
        } else {
            metadata.put(MetadataKeys.ACTOR, principal.name());
            put(metadata, MetadataKeys.SOURCE_ADDRESS, context.sourceAddress());
        }
    }

    private static void put(Map<String, Object> metadata, String key, @Nullable Object value) {
        if (value != null) {
            metadata.put(key, value);
        }
    }
}
