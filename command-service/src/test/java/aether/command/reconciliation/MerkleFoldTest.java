package aether.command.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Roots that Go's x/mod/sumdb/tlog gives for the same entries. */
class MerkleFoldTest {

    @Test
    void givesTheRootsOfTheGoldenVectors() {
        MerkleFold fold = new MerkleFold();
        assertThat(hex(fold)).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        fold.add("{\"i\":0}".getBytes(UTF_8));
        assertThat(hex(fold)).isEqualTo("d829edd0713a1bb05e3cd0616924a4c5bde21e36e537149a20239edafa8825f1");
        fold.add("{\"i\":1}".getBytes(UTF_8));
        assertThat(hex(fold)).isEqualTo("8d797bb58d61f678047fdf92a390117b16d8718b957303a9231a36cf6e0c5f75");
        fold.add("{\"i\":2}".getBytes(UTF_8));
        assertThat(hex(fold)).isEqualTo("00a70ab1951b3920e93bb731381741971d0960c1ae41ce64cb6d5fa330bffcc6");
        assertThat(hex(fold)).as("asking changes nothing").startsWith("00a70ab1");
    }

    private static String hex(MerkleFold fold) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(fold.root()));
    }
}
