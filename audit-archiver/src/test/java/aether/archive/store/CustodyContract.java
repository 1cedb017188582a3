package aether.archive.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What every custody keeps to; a store with a clock of its own is waited for. */
public interface CustodyContract {

    /** The custody. */
    Custody custody();

    /** The store it is of. */
    WormStore kept();

    /** Comes back when so much time has passed for the store. */
    void pass(Duration time);

    /** What time it is for the store. */
    Instant time();

    /** A lock that ends in a moment. */
    private Instant soon() {
        return time().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    default void removesWhatIsLockedNoLonger() throws IOException {
        kept().put("tile/0/000", "hashes".getBytes(UTF_8), soon());
        kept().put("tile/0/001", "others".getBytes(UTF_8), soon());
        assertThatThrownBy(() -> custody().remove("tile/0/000", time())).isInstanceOf(Custody.StillKept.class);
        assertThat(kept().get("tile/0/000")).isPresent();

        pass(Duration.ofSeconds(5));
        custody().remove("tile/0/000", time());

        assertThat(kept().get("tile/0/000")).isEmpty();
        assertThat(kept().lock("tile/0/000")).isEmpty();
        assertThat(kept().list("tile/0/")).containsExactly("tile/0/001");
        assertThat(kept().lock("tile/0/001")).isPresent();
        custody().remove("tile/0/000", time()); // is removed already
    }

    @Test
    default void aLegalHoldKeepsWhatIsLockedNoLonger() throws IOException {
        kept().put("tile/entries/000", "entries".getBytes(UTF_8), soon());
        assertThat(custody().isHeld("tile/entries/000")).isFalse();
        custody().hold("tile/entries/000");
        custody().hold("tile/entries/000");
        assertThat(custody().isHeld("tile/entries/000")).isTrue();

        pass(Duration.ofSeconds(5));
        assertThatThrownBy(() -> custody().remove("tile/entries/000", time()))
                .isInstanceOf(Custody.StillKept.class)
                .hasMessageContaining("legal hold");

        custody().lift("tile/entries/000");
        assertThat(custody().isHeld("tile/entries/000")).isFalse();
        custody().remove("tile/entries/000", time());
        assertThat(kept().get("tile/entries/000")).isEmpty();
    }
}
