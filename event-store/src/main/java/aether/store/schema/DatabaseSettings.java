package aether.store.schema;

import java.util.Locale;

/**
 * Where a database is and who connects to it.
 *
 * @param url a {@code jdbc:postgresql:} URL without user or password
 * @param user the login role
 * @param password the role's password, empty where the server does not ask for one
 */
public record DatabaseSettings(String url, String user, String password) {

    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("Expected a URL that starts with jdbc:postgresql:, but got another");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new IllegalArgumentException(
                    "Expected a URL without a password, but it names one; URLs end up in logs");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("Expected a user, but it is blank");
        }
    }

    /** The same database seen by another role. */
    public DatabaseSettings as(String otherUser, String otherPassword) {
        return new DatabaseSettings(url, otherUser, otherPassword);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + ", password=[hidden]]";
    }
}
