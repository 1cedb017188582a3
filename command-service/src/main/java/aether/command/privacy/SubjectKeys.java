package aether.command.privacy;

import aether.command.access.Principal;
import java.util.Optional;
import java.util.UUID;

/** The keys of the data subjects. Every method may say that the store is away ({@code LogUnavailable}). */
public interface SubjectKeys {

    /** The key of somebody, made when there is none yet. */
    SubjectKey of(Principal principal);

    /** The key of somebody; empty when we know nobody by that name, or have forgotten them. */
    Optional<SubjectKey> find(Principal principal);

    /** The key behind a pseudonym; empty when it was destroyed or never was. */
    Optional<SubjectKey> withPseudonym(String pseudonym);

    /** The newest key of a subject; empty when it was destroyed or never was. */
    Optional<SubjectKey> ofSubject(UUID subject);
}
