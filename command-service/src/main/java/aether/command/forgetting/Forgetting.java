package aether.command.forgetting;

import aether.command.access.Identities;
import aether.command.access.Principal;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.dispatch.Dispatched;
import aether.command.privacy.KeyDestruction;
import aether.command.privacy.PersonalKeys;
import aether.command.privacy.PrivacySettings;
import aether.command.privacy.SubjectKey;
import aether.command.privacy.SubjectKeys;
import aether.command.request.Rejections;
import aether.command.request.RequestRefused;
import aether.command.streams.Streams;
import aether.domain.kernel.NameBasedId;
import aether.domain.kernel.Outcome;
import aether.domain.privacy.ErasureBasis;
import aether.domain.privacy.SubjectCommand;
import aether.domain.privacy.SubjectId;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * Forgets people: the intent is noted in the key store, the log decides, the key goes, the log says that it is gone.
 * Whatever a crash cut off {@link #complete} takes up, with the same ids, so that nothing happens twice.
 */
public final class Forgetting {

    /** Far longer than a decision takes; an intent that is older was cut off before the log decided. */
    static final Duration UNDECIDED = Duration.ofMinutes(10);

    private final SubjectKeys keys;

    private final KeyDestruction destruction;

    private final CommandDispatcher dispatcher;

    private final Streams streams;

    private final Identities identities;

    private final PrivacySettings settings;

    private final Clock clock;

    /** The parts that it is done with. */
    public Forgetting(
            PersonalKeys personal,
            CommandDispatcher dispatcher,
            Streams streams,
            Identities identities,
            PrivacySettings settings,
            Clock clock) {
        this(personal.keys(), personal.destruction(), dispatcher, streams, identities, settings, clock);
    }

    Forgetting(
            SubjectKeys keys,
            KeyDestruction destruction,
            CommandDispatcher dispatcher,
            Streams streams,
            Identities identities,
            PrivacySettings settings,
            Clock clock) {
        this.keys = keys;
        this.destruction = destruction;
        this.dispatcher = dispatcher;
        this.streams = streams;
        this.identities = identities;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param position where the log says that the key is gone
     */
    public record Forgotten(KeyDestruction.Destroyed destroyed, long position) {}

    /**
     * Forgets somebody.
     *
     * @throws RequestRefused with 404 when nobody is known by that name, with 409 when a token of theirs is in force, a
     *     hold forbids it or a law wants the data kept
     */
    public Forgotten forget(Principal principal, ErasureBasis basis, CommandContext context) {
        SubjectKey key = known(principal);
        if (identities.knows(principal)) {
            throw new RequestRefused(
                    409,
                    "token_in_force",
                    "Expected that no token of the subject is in force, but the token file names it; take the token"
                            + " out first, because the file is a copy of the name.");
        }
        destruction.intend(key.subject());
        SubjectId id = new SubjectId(key.subject());
        var erase = new SubjectCommand.EraseSubject(
                id,
                key.keyId(),
                basis,
                clock.instant(),
                keys.life(key.subject())
                        .map(life -> settings.notBefore(principal.kind(), life.usedAt()))
                        .orElseThrow(Forgetting::unknown));
        switch (dispatch("erase", id, erase, context).outcome()) {
            case Outcome.Accepted ignored -> {}
            case Outcome.Refused refused -> {
                destruction.withdraw(key.subject());
                throw Rejections.refused(refused, refused.field());
            }
        }
        return destroy(key.subject(), context);
    }

    /** The key of somebody who is known; else a refusal with 404. */
    public SubjectKey known(Principal principal) {
        return keys.find(principal).orElseThrow(Forgetting::unknown);
    }

    /** Takes up what was begun and not finished, here or in a process that is gone. */
    public void complete() {
        for (KeyDestruction.Intent intent : destruction.intents()) {
            if (streams.subject(new SubjectId(intent.subject())).erased()) {
                var unused = destroy(intent.subject(), CommandContext.of(Actor.SERVICE));
            } else if (intent.since().isBefore(clock.instant().minus(UNDECIDED))) {
                destruction.withdraw(intent.subject());
            }
        }
        for (KeyDestruction.Destroyed destroyed : destruction.unrecorded()) {
            var unused = destroy(destroyed.subject(), CommandContext.of(Actor.SERVICE));
        }
    }

    private Forgotten destroy(UUID subject, CommandContext context) {
        KeyDestruction.Destroyed destroyed = destruction.destroy(subject);
        SubjectId id = new SubjectId(subject);
        Dispatched recorded = dispatch(
                "key-destroyed",
                id,
                new SubjectCommand.RecordKeyDestroyed(id, destroyed.keyId(), destroyed.at(), destroyed.generation()),
                context);
        if (recorded.outcome() instanceof Outcome.Refused refused) {
            throw new IllegalStateException(
                    "Expected the log to take that " + destroyed.keyId() + " is gone, but: " + refused.message());
        }
        destruction.recorded(destroyed);
        return new Forgotten(destroyed, recorded.position());
    }

    /** A refused command is not in the log, so the same id may be tried again. */
    private Dispatched dispatch(String what, SubjectId id, SubjectCommand command, CommandContext context) {
        return dispatcher.dispatch(new CommandEnvelope(NameBasedId.of(what, id), command, context));
    }

    private static RequestRefused unknown() {
        return new RequestRefused(
                404,
                "subject_unknown",
                "Expected somebody whom the platform knows by that name, but there is nobody, or no longer.");
    }
}
