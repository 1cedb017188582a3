package aether.domain.process;

import aether.domain.kernel.Command;
import java.util.List;

/**
 * What an action of a row answers.
 *
 * @param next the state to go to, one of those the row declares
 * @param data what the process remembers from now on
 * @param commands what to send, in this order
 */
public record Move<S extends Enum<S>, D>(S next, D data, List<Command> commands) {
    public Move {
        commands = List.copyOf(commands);
    }

    /** Goes to a state and sends commands. */
    public static <S extends Enum<S>, D> Move<S, D> to(S next, D data, Command... commands) {
        return new Move<>(next, data, List.of(commands));
    }
}
