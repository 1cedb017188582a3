package aether.standalone.platform;

import aether.archive.cosign.CosignSettings;
import aether.command.strict.StrictSettings;
import aether.embedded.kubernetes.KubernetesBinaries;
import org.jspecify.annotations.Nullable;

/**
 * How a standalone platform is started.
 *
 * @param directory where it keeps everything
 * @param port the API's port on 127.0.0.1; 0 for a free one, remembered for the next start
 * @param binaries what control planes of that version are run with; null simulates all of them
 * @param strict which actions answer with a proof only
 * @param witnesses who cosigns the audit log
 */
public record PlatformSettings(
        DataDirectory directory,
        int port,
        @Nullable KubernetesBinaries binaries,
        StrictSettings strict,
        CosignSettings witnesses) {

    /** No answer waits for a proof, and no witness is asked. */
    public PlatformSettings(DataDirectory directory, int port, @Nullable KubernetesBinaries binaries) {
        this(directory, port, binaries, StrictSettings.NONE, CosignSettings.NONE);
    }

    /** Every control plane is simulated. */
    public PlatformSettings(DataDirectory directory, int port) {
        this(directory, port, null, StrictSettings.NONE, CosignSettings.NONE);
    }

    /** The one installation that a standalone platform is; stands in every event's source. */
    static final String INSTALLATION = "local";

    /** The region that a standalone platform opens. */
    static final String REGION = "local";

    /** Enough for a laptop, and what the one broker can keep up with. */
    static final int PARTITIONS = 3;
}
