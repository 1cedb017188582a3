/**
 * Who may do what, by bearer token.
 *
 * <p>The token file is UTF-8 text with one JSON object per line; empty lines and lines that start with {@code #} are
 * skipped. The fields, all texts:
 *
 * <ul>
 *   <li>{@code name}: who it is, a DNS label; stands in the audit trail. Two lines may share a name while a token is
 *       replaced.
 *   <li>{@code kind}: {@code platform} (administrators), {@code worker} (sagas and reconcile workers), {@code archiver}
 *       or {@code organization} (a customer).
 *   <li>{@code organization}: the slug, for kind {@code organization} only.
 *   <li>{@code sha256}: lower-case hex SHA-256 of the token's UTF-8 bytes. The token itself is never in the file.
 * </ul>
 *
 * <pre>{@code
 * {"name":"admin","kind":"platform","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
 * {"name":"acme-ci","kind":"organization","organization":"acme","sha256":"60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"}
 * }</pre>
 *
 * A token is {@code aether_} and 64 hex digits. A presented token is hashed and compared with every line in constant
 * time. The file is read again when its modification time changes, so that a token can be taken back without a restart;
 * a file that cannot be read leaves the last good one in force.
 */
@NullMarked
package aether.command.access;

import org.jspecify.annotations.NullMarked;
