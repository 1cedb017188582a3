package aether.archive.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Nothing of another customer is in any file of an export: no id, no name, no person. */
class ExportIsolationProperties {

    static final int CUSTOMERS = 5;

    @Property(tries = 40)
    void noByteOfAnotherCustomer(
            @ForAll @Size(min = 1, max = 400) List<@IntRange(min = 0, max = CUSTOMERS - 1) Integer> turns,
            @ForAll @IntRange(min = 0, max = CUSTOMERS - 1) int wanted)
            throws IOException {
        Path out = Files.createTempFile("aether-isolation", ".zip");
        try {
            new CustomerLog().append(turns).export(CustomerLog.of(wanted), null, out);

            for (Map.Entry<String, byte[]> file : Zips.read(out).entrySet()) {
                String content = new String(file.getValue(), ISO_8859_1);
                for (int other = 0; other < CUSTOMERS; other++) {
                    if (other != wanted) {
                        assertThat(content)
                                .as(file.getKey())
                                .doesNotContain(
                                        CustomerLog.organization(other),
                                        CustomerLog.cluster(other),
                                        CustomerLog.name(other),
                                        "person" + other + "x",
                                        "thing-" + other + "-");
                    }
                }
            }
            ExportReport report = ExportVerifier.verify(out, SealWorld.SIGNER.verifierKey(), null);
            assertThat(report.findings()).isEmpty();
            assertThat(report.events())
                    .isEqualTo(turns.stream().filter(turn -> turn == wanted).count());
        } finally {
            Files.delete(out);
        }
    }
}
