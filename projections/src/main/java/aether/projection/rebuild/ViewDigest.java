package aether.projection.rebuild;

import aether.projection.position.Positions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * What all views together look like, in a form that can be compared.
 *
 * @param nextWanted how far they have come
 * @param sha256 a hash of every row of every view, in hex
 */
public record ViewDigest(long nextWanted, String sha256) {

    private static final int FETCH = 1_000;

    /** The digest of the views in the connection's schema; for one snapshot, call it in one transaction. */
    public static ViewDigest of(Connection connection) throws SQLException {
        MessageDigest hash = newHash();
        for (String view : ViewCounts.VIEWS) {
            add(connection, view, hash);
        }
        return new ViewDigest(Positions.nextWanted(connection), HexFormat.of().formatHex(hash.digest()));
    }

    private static void add(Connection connection, String view, MessageDigest hash) throws SQLException {
        hash.update((view + "\n").getBytes(StandardCharsets.UTF_8));
        String order = view.equals("timeline") ? "position" : "id";
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet row =
                    statement.executeQuery("select " + view + "::text from " + view + " order by " + order)) {
                while (row.next()) {
                    hash.update((row.getString(1) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static MessageDigest newHash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every Java, but it is not in this one.", e);
        }
    }
}
