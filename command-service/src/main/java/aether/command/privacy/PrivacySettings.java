package aether.command.privacy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How people's names are kept out of the log.
 *
 * @param masterKeyFile the file that wraps the subjects' keys, mode 0600, made at the first start; absent: beside the
 *     token file. Outside the database, the archive, and every backup that is kept longer than a promise to forget
 */
public record PrivacySettings(@Nullable Path masterKeyFile) {}
