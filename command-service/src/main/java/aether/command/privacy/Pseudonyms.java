package aether.command.privacy;

import aether.command.access.Principal;

/** Names as the log may hold them. */
public final class Pseudonyms {

    /** What a reader is shown where a name was. */
    public static final String FORGOTTEN = "[forgotten]";

    private final SubjectKeys keys;

    /** Pseudonyms under these keys. */
    public Pseudonyms(SubjectKeys keys) {
        this.keys = keys;
    }

    /** The pseudonym of somebody who may be a person; the name of a service. */
    public String of(Principal principal) {
        return principal.mayBeAPerson() ? keys.of(principal).pseudonym() : principal.name();
    }

    /** Whose pseudonym it is, in words; a name that is no pseudonym is its own. */
    public String shown(String pseudonym) {
        return pseudonym.startsWith(SubjectKey.PSEUDONYM_PREFIX)
                ? keys.withPseudonym(pseudonym)
                        .map(key -> key.principal().name())
                        .orElse(FORGOTTEN)
                : pseudonym;
    }
}
