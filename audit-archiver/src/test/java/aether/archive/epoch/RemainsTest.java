package aether.archive.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemainsTest {

    @ParameterizedTest
    @CsvSource({
        "checkpoint,                                          310, false",
        "checkpoints/00000000000000000310,                    310, false",
        "checkpoints/00000000000000000311,                    310, true",
        "seals/00000000000000000311.json,                     310, true",
        "timestamps/00000000000000000311.tsr,                 310, true",
        "cosigned/00000000000000000311.0a1b2c3d,              310, true",
        "staged/001/00000000000000000309,                     310, false",
        "staged/001/00000000000000000310,                     310, true",
        "keys/1.base,                                         310, false",
        "retention/0001.json,                                 310, false",
        "tile/entries/000,                                    310, false",
        "tile/entries/001.p/54,                               310, false",
        "tile/entries/001.p/55,                               310, true",
        "tile/entries/001,                                    310, true",
        "tile/entries/001,                                    512, false",
        "tile/0/002.p/1,                                      512, true",
        "tile/1/000.p/1,                                      310, false",
        "tile/1/000.p/2,                                      511, true",
        "tile/1/000.p/2,                                      512, false",
    })
    void knowsWhatSpeaksOfMoreEntries(String object, long size, boolean beyond) {
        assertThat(Remains.liesBeyond(object, size)).isEqualTo(beyond);
    }
}
