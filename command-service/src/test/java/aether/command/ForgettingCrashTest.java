package aether.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.command.access.Identities;
import aether.command.access.Principal;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.forgetting.Forgetting;
import aether.command.privacy.KeyDestruction;
import aether.command.privacy.PersonalKeys;
import aether.command.privacy.PrivacySettings;
import aether.command.streams.Streams;
import aether.domain.privacy.ErasureBasis;
import aether.domain.privacy.SubjectEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dies before and after each step of forgetting; the next start must end it, one way or the other. */
class ForgettingCrashTest {

    private final RunningService service = RunningService.shared();

    private final PersonalKeys personal = service.bean(PersonalKeys.class);

    enum Step {
        BEFORE_INTENT,
        AFTER_INTENT,
        BEFORE_DESTRUCTION,
        AFTER_DESTRUCTION,
        BEFORE_NOTE,
        AFTER_NOTE
    }

    /** The process ended here. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aStartEndsWhatACrashCutOff(Step step) {
        Principal mia = new Principal(Principal.Kind.USER, "acme", "crash-" + step);
        UUID subject = personal.keys().of(mia).subject();
        Forgetting dying = forgetting(dyingAt(step), Clock.systemUTC());

        assertThatThrownBy(() ->
                        dying.forget(mia, ErasureBasis.OBJECTION, CommandContext.of(new Actor("platform", "test"))))
                .isInstanceOf(Death.class);
        forgetting(personal.destruction(), later()).complete();

        boolean undecided = step == Step.BEFORE_INTENT || step == Step.AFTER_INTENT;
        assertThat(personal.keys().find(mia).isPresent()).isEqualTo(undecided);
        assertThat(service.stream("subject-" + subject))
                .<Class<?>>map(Object::getClass)
                .isEqualTo(
                        undecided
                                ? List.of()
                                : List.of(SubjectEvent.SubjectErased.class, SubjectEvent.KeyDestroyed.class));
        assertThat(personal.destruction().intents())
                .noneMatch(intent -> intent.subject().equals(subject));
        assertThat(personal.destruction().unrecorded())
                .noneMatch(destroyed -> destroyed.subject().equals(subject));
    }

    @Test
    void aYoungIntentOfANeighbourIsLeftAlone() {
        Principal mia = new Principal(Principal.Kind.USER, "acme", "neighbour");
        UUID subject = personal.keys().of(mia).subject();
        personal.destruction().intend(subject);

        forgetting(personal.destruction(), Clock.systemUTC()).complete();

        assertThat(personal.destruction().intents())
                .anyMatch(intent -> intent.subject().equals(subject));
        personal.destruction().withdraw(subject);
        assertThat(personal.destruction().intents())
                .noneMatch(intent -> intent.subject().equals(subject));
    }

    private static Clock later() {
        return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11));
    }

    private Forgetting forgetting(KeyDestruction destruction, Clock clock) {
        return new Forgetting(
                new PersonalKeys(personal.keys(), destruction),
                service.bean(CommandDispatcher.class),
                service.bean(Streams.class),
                service.bean(Identities.class),
                new PrivacySettings(null, Map.of()),
                clock);
    }

    private KeyDestruction dyingAt(Step step) {
        KeyDestruction real = personal.destruction();
        return new KeyDestruction() {
            @Override
            public void intend(UUID subject) {
                die(Step.BEFORE_INTENT);
                real.intend(subject);
                die(Step.AFTER_INTENT);
            }

            @Override
            public void withdraw(UUID subject) {
                real.withdraw(subject);
            }

            @Override
            public List<Intent> intents() {
                return real.intents();
            }

            @Override
            public Destroyed destroy(UUID subject) {
                die(Step.BEFORE_DESTRUCTION);
                Destroyed destroyed = real.destroy(subject);
                die(Step.AFTER_DESTRUCTION);
                return destroyed;
            }

            @Override
            public List<Destroyed> unrecorded() {
                return real.unrecorded();
            }

            @Override
            public void recorded(Destroyed destroyed) {
                die(Step.BEFORE_NOTE);
                real.recorded(destroyed);
                die(Step.AFTER_NOTE);
            }

            private void die(Step here) {
                if (here == step) {
                    throw new Death();
                }
            }
        };
    }
}
