package aether.command.privacy;

import aether.command.access.Principal;

/** A principal as one text, which is hashed, sealed and read again: kind, scope and name with a line for each. */
final class PrincipalText {

    private PrincipalText() {}

    static String of(Principal principal) {
        return principal.kind().name() + '\n' + principal.scope() + '\n' + principal.name();
    }

    /** The principal whose text it is. */
    static Principal read(String text) {
        String[] lines = text.split("\n", 3);
        if (lines.length != 3) {
            throw new IllegalArgumentException("Expected three lines of a principal, but got " + lines.length + ".");
        }
        return new Principal(Principal.Kind.valueOf(lines[0]), lines[1], lines[2]);
    }
}
