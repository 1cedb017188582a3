package aether.command.dispatch;

/**
 * Who acts, as the audit trail names it.
 *
 * @param type {@code user}, {@code worker}, {@code archiver} or {@code platform}
 * @param name the principal's name
 */
public record Actor(String type, String name) {

    /** This service, when it acts by itself. */
    public static final Actor SERVICE = new Actor("platform", "command-service");
}
