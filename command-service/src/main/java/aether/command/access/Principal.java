package aether.command.access;

import java.util.Locale;

/**
 * Whom the trail speaks of: one of our own services, or somebody who may be a person and has a right to be forgotten.
 *
 * @param scope within which the name is unique: an organization's slug for a user, else empty
 * @param name what it is called; a person's is never written down as it is
 */
public record Principal(Kind kind, String scope, String name) {

    /** Kinds of principals; a kind's name is part of what is hashed and sealed, so it never changes. */
    public enum Kind {
        /** A service of ours, which is no person. */
        SERVICE,
        /** Somebody with a platform token. */
        ADMINISTRATOR,
        /** Somebody with an organization's token. */
        USER,
        /** The source address of a request without a token. */
        ADDRESS,
        /** Somebody to write to. */
        CONTACT
    }

    /** A service of ours. */
    public static Principal service(String name) {
        return new Principal(Kind.SERVICE, "", name);
    }

    /** An address from which somebody asked without saying who. */
    public static Principal address(String address) {
        return new Principal(Kind.ADDRESS, "", address);
    }

    /** Somebody to write to; capitals in an e-mail address tell nobody apart. */
    public static Principal contact(String email) {
        return new Principal(Kind.CONTACT, "", email.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether it may be a person. */
    public boolean mayBeAPerson() {
        return kind != Kind.SERVICE;
    }

    @Override
    public String toString() {
        return mayBeAPerson() ? "Principal[" + kind + ", [hidden]]" : name;
    }
}
