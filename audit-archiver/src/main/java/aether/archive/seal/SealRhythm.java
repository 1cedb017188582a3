package aether.archive.seal;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When to publish and when to seal; measured with a clock that only goes forward, whatever the wall clock does. */
public final class SealRhythm {

    /** Partial objects are locked for weeks: renewing once a day is often enough and costs next to nothing. */
    static final Duration RENEW_EVERY = Duration.ofDays(1);

    /** A lost live checkpoint is put back this soon also when nothing happens; one small read each time. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final Sealer sealer;
    private final SealSettings settings;
    private final LongSupplier nanoTime;
    private long published;
    private long renewed;
    private long looked;
    private long unsealedSince;
    private boolean unsealed;
    private long wished = -1;

    /** The rhythm of one sealer. */
    public SealRhythm(Sealer sealer, SealSettings settings, LongSupplier nanoTime) {
        this.sealer = sealer;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.published = nanoTime.getAsLong() - settings.publishEvery().toNanos();
        this.renewed = nanoTime.getAsLong() - RENEW_EVERY.toNanos();
        this.looked = nanoTime.getAsLong();
    }

    /** Somebody waits for the entry at this position: it is sealed as soon as it is there. */
    public void wish(long position) {
        wished = Math.max(wished, position);
    }

    /** Does what is due. */
    public void keep(KafkaOffsets offsets) throws IOException {
        long now = nanoTime.getAsLong();
        long waiting = sealer.size() - sealer.sealedSize();
        if (waiting > 0 && !unsealed) {
            unsealed = true;
            unsealedSince = now;
        }
        boolean waitedLong =
                unsealed && now - unsealedSince >= settings.sealEvery().toNanos();
        boolean waitedFor = wished >= sealer.sealedSize() && wished < sealer.size();
        if (waiting >= settings.entriesPerSeal() || waitedLong || waitedFor) {
            sealer.seal(offsets);
            unsealed = false;
            published = now;
        } else if (sealer.size() > sealer.publishedSize()
                && now - published >= settings.publishEvery().toNanos()) {
            sealer.publish();
            published = now;
        }
        if (now - looked >= LOOK_EVERY.toNanos()) {
            sealer.republishIfLost();
            looked = now;
        }
        if (now - renewed >= RENEW_EVERY.toNanos()) {
            sealer.renewLocks();
            renewed = now;
        }
    }
}
