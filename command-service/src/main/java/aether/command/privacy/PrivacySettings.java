package aether.command.privacy;

import aether.command.access.Principal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people's names are kept out of the log, and when they may be forgotten.
 *
 * @param masterKeyFile the file that wraps the subjects' keys, mode 0600, made at the first start; absent: beside the
 *     token file. Outside the database, the archive, and every backup that is kept longer than a promise to forget
 * @param keep how long a law wants the data of a kind of subject kept after they were last used (Art. 17(3)(b) GDPR),
 *     for example {@code administrator: P7Y}; a kind that is not named may be forgotten at once
 */
public record PrivacySettings(
        @Nullable Path masterKeyFile, @DefaultValue Map<Principal.Kind, Period> keep) {

    public PrivacySettings {
        keep = Map.copyOf(keep);
        keep.forEach((kind, period) -> {
            if (period.isNegative()) {
                throw new IllegalArgumentException("Expected a period from P0D in aether.command.privacy.keep." + kind
                        + ", but got " + period + ".");
            }
        });
    }

    /** From when on a subject that was last used then may be forgotten; the epoch when no law wants it kept. */
    public Instant notBefore(Principal.Kind kind, Instant usedAt) {
        Period period = keep.getOrDefault(kind, Period.ZERO);
        return period.isZero()
                ? Instant.EPOCH
                : usedAt.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }
}
