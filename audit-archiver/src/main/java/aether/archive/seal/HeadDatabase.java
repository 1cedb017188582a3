package aether.archive.seal;

import java.time.Duration;
import java.util.Properties;

/**
 * The database in which the sealers of a log find out which of them is the one.
 *
 * @param url a {@code jdbc:postgresql:} URL without user or password
 * @param user a role that may create a schema there, or that finds it made
 * @param password the role's password
 * @param instance names this process, for people
 * @param lease after how long without a sign of life the one who seals is taken for dead
 */
public record HeadDatabase(String url, String user, String password, String instance, Duration lease) {

    /** Longer than a pause of the JVM or a failover of the database, shorter than the time between two seals. */
    public static final Duration LEASE = Duration.ofSeconds(15);

    /** Seconds; a server that hangs longer than this is away. */
    private static final String TIMEOUT = "10";

    /** Refuses values that make no sense. */
    public HeadDatabase {
        if (lease.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("Expected a lease of at least 10 ms, but got " + lease + ".");
        }
    }

    Properties login() {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", TIMEOUT);
        login.setProperty("socketTimeout", TIMEOUT);
        login.setProperty("ApplicationName", "aether-audit-archiver");
        return login;
    }

    @Override
    public String toString() {
        return "HeadDatabase[url=" + url + ", user=" + user + ", password=[hidden], instance=" + instance + ", lease="
                + lease + "]";
    }
}
