package aether.command.dispatch;

import aether.command.access.Principal;

/**
 * Who acts, as the audit trail names it.
 *
 * @param type {@code user}, {@code worker}, {@code archiver} or {@code platform}
 * @param principal who it is; a person's name is replaced before the log sees it
 */
public record Actor(String type, Principal principal) {

    /** This service, when it acts by itself. */
    public static final Actor SERVICE = new Actor("platform", "command-service");

    /** A service of ours. */
    public Actor(String type, String service) {
        this(type, Principal.service(service));
    }
}
