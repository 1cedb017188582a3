package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that finds nothing proves nothing before it has found what was hidden from it. */
class PlainSearchTest {

    private static final String NAME = "mia-zwiebelfisch";

    private final PlainSearch search = new PlainSearch(List.of(NAME));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void findsAValueInBase64WhereverItStands(int before) {
        byte[] around = ("x".repeat(before) + NAME + "yz").getBytes(StandardCharsets.UTF_8);

        assertThat(search.in("\"" + Base64.getEncoder().encodeToString(around) + "\""))
                .isNotEmpty();
        assertThat(search.in("\"" + Base64.getUrlEncoder().encodeToString(around) + "\""))
                .isNotEmpty();
    }

    @Test
    void findsAValueInHexAndAsItIsAndInTheNameOfAFile(@TempDir Path directory) throws IOException {
        byte[] bytes = NAME.getBytes(StandardCharsets.UTF_8);
        assertThat(search.in("\\x00" + HexFormat.of().formatHex(bytes))).isNotEmpty();
        assertThat(search.in("mia-zwiebel")).isEmpty();
        assertThat(search.below(directory)).isEmpty();

        Files.write(directory.resolve(NAME), new byte[] {0, 1, 2});
        Files.write(directory.resolve("x"), bytes);

        assertThat(search.below(directory)).hasSize(2);
        assertThat(PlainSearch.stands(NAME, directory)).isTrue();
    }

    @Test
    void looksIntoZipsAndZipsInZips(@TempDir Path directory) throws IOException {
        byte[] inner = zip("report/" + "x.csv", ("a,".repeat(500) + NAME).getBytes(StandardCharsets.UTF_8));
        byte[] outer = zip("inner.zip", inner);
        assertThat(new String(outer, StandardCharsets.ISO_8859_1)).doesNotContain(NAME);
        Files.write(directory.resolve("export.zip"), outer);

        assertThat(search.below(directory))
                .singleElement()
                .asString()
                .contains("export.zip!")
                .endsWith("x.csv");
        assertThat(PlainSearch.stands(NAME, directory)).isTrue();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
