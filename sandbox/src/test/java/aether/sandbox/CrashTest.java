package aether.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dies after every single record of a tenant's life, and must end in the same world. */
@Tag("slow")
class CrashTest {
    @TempDir
    Path directory;

    private static Sandbox start(Path data) throws IOException {
        return Sandbox.start(
                new SandboxSettings(data, 0, InstantSource.system(), new Random(11), SandboxTimings.IMMEDIATE));
    }

    private static String live(Sandbox sandbox) {
        new TenantStory(new Calls(sandbox.url(), sandbox.token()), "tenant-a").tell();
        Calls.await("quiet", sandbox::isIdle);
        return TenantStory.outcome(sandbox);
    }

    @Test
    void endsInTheSameWorldWhereverItWasCut() throws IOException {
        Path first = directory.resolve("whole");
        String expected;
        try (Sandbox sandbox = start(first)) {
            expected = live(sandbox);
        }
        assertThat(expected)
                .contains("\"doubles\" : [ ]")
                .contains("tenant-a/apiserver@1")
                .contains("vm-joined");
        List<byte[]> lines = lines(Files.readAllBytes(first.resolve("journal.jsonl")));
        assertThat(lines.size()).as("records of one tenant").isGreaterThan(40);

        for (int cut = 0; cut <= lines.size(); cut++) {
            Path data = Files.createDirectories(directory.resolve("cut-" + cut));
            Files.write(data.resolve("journal.jsonl"), journalUpTo(lines, cut));
            try (Sandbox sandbox = start(data)) {
                assertThat(live(sandbox))
                        .as("after a crash behind record %d", cut)
                        .isEqualTo(expected);
            }
        }
    }

    /** The first lines whole, and half of the next: the write that the kill interrupted. */
    private static byte[] journalUpTo(List<byte[]> lines, int cut) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        lines.subList(0, cut).forEach(out::writeBytes);
        if (cut < lines.size()) {
            out.writeBytes(Arrays.copyOf(lines.get(cut), lines.get(cut).length / 2));
        }
        return out.toByteArray();
    }

    private static List<byte[]> lines(byte[] journal) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < journal.length; i++) {
            if (journal[i] == '\n') {
                lines.add(Arrays.copyOfRange(journal, start, i + 1));
                start = i + 1;
            }
        }
        return lines;
    }
}
