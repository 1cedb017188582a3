package aether.command.api;

import aether.command.access.Principal;
import aether.command.request.Fields;
import aether.command.request.Violations;

/** Whom a request means, in its body: a name in a path would end up in the logs of everybody on the way. */
final class NamedSubject {

    private NamedSubject() {}

    /** Reads {@code kind}, {@code name} and, for a user, {@code organization}. */
    static Principal read(Fields fields, Violations violations) {
        String kind = fields.text("kind");
        String name = fields.text("name");
        String organization = fields.optionalText("organization").orElse("");
        return switch (kind) {
            case "administrator" -> new Principal(Principal.Kind.ADMINISTRATOR, "", name);
            case "address" -> Principal.address(name);
            case "contact" -> Principal.contact(name);
            case "user" -> {
                if (organization.isEmpty()) {
                    violations.malformed(
                            fields.path("organization"),
                            "required",
                            "Expected the organization's slug of a user, but it is missing.");
                }
                yield new Principal(Principal.Kind.USER, organization, name);
            }
            default -> {
                violations.broken(
                        fields.path("kind"),
                        "out_of_range",
                        "Expected kind administrator, user, address or contact, but got another.");
                yield new Principal(Principal.Kind.USER, organization, name);
            }
        };
    }
}
