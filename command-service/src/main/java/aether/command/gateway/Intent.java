package aether.command.gateway;

import aether.domain.kernel.Command;

/** What a resource leads to in this round. */
sealed interface Intent {

    /** Its spec is carried out: what differs becomes commands, and nothing does when nothing differs. */
    record Apply() implements Intent {}

    /** Nothing is carried out, because somebody said so or because it is under way. */
    record Wait() implements Intent {}

    /**
     * Nothing is carried out, and the resource has to change before anything is.
     *
     * @param reason a word in CamelCase
     * @param message what a person reads
     */
    record Refuse(String reason, String message) implements Intent {}

    /**
     * It names what another resource has: nothing is carried out, and nothing of the other's is shown.
     *
     * @param owner the other resource
     */
    record Yield(ResourceKey owner) implements Intent {}

    /** Its end is asked for. */
    record End(Command command) implements Intent {}

    /** It may go: what it asked for is gone, or somebody else's by now. */
    record Release() implements Intent {}
}
