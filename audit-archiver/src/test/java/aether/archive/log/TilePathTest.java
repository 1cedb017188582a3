package aether.archive.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {

    @ParameterizedTest
    @CsvSource({
        "0,0,256,tile/0/000",
        "0,999,256,tile/0/999",
        "1,1000,256,tile/1/x001/000",
        "0,1234067,256,tile/0/x001/x234/067",
        "2,0,1,tile/2/000.p/1",
        "-1,273,112,tile/entries/273.p/112"
    })
    void writesAndReadsPaths(int level, long index, int width, String path) {
        TilePath tile = new TilePath(level, index, width);

        assertThat(tile.path()).isEqualTo(path);
        assertThat(TilePath.parse(path)).contains(tile);
    }

    @Test
    void knowsThePartialsOfTheExampleInTheSpecification() {
        assertThat(TilePath.partials(70_000))
                .extracting(TilePath::path)
                .containsExactly("tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
        assertThat(TilePath.partials(256)).extracting(TilePath::path).containsExactly("tile/1/000.p/1");
        assertThat(TilePath.partials(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/00/000",
                "tile/8/000",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/1",
                "tile/data/000",
                "checkpoint",
                "tile/0/000.p/257"
            })
    void doesNotTakeAnythingElseForATile(String path) {
        assertThat(TilePath.parse(path)).isEmpty();
    }

    @Test
    void refusesIndexesThatHaveAnotherForm() {
        assertThatThrownBy(() -> TilePath.parse("tile/0/x000/001")).hasMessageContaining("without leading groups");
    }
}
