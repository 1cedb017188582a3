package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.read.ArchiveReader;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An archive in which customers take turns; everything of a customer has the customer's number in it somewhere. */
public final class CustomerLog {

    static final Instant BEGIN = Instant.parse("2026-11-24T00:00:00Z");

    /** Where it lies. */
    public final SealWorld world = new SealWorld();

    private final Sealer sealer;

    /** A new one. */
    public CustomerLog() throws IOException {
        sealer = world.open();
    }

    /** The id of a customer. */
    public static String organization(int customer) {
        return String.format(Locale.ROOT, "0190a000-0000-7000-8000-%012d", customer);
    }

    static String cluster(int customer) {
        return String.format(Locale.ROOT, "0190b000-0000-7000-8000-%012d", customer);
    }

    static String name(int customer) {
        return "customer-name-" + customer + "-";
    }

    /** One event per minute. */
    static Instant time(long position) {
        return BEGIN.plusSeconds(60 * position);
    }

    static byte[] entry(long position, int customer, String name) {
        return ("{\"authid\":\"p/person" + customer + "x\",\"authtype\":\"user\",\"causationid\":\"event-"
                        + (position - 1)
                        + "\",\"data\":{\"cluster_id\":\"" + cluster(customer) + "\",\"name\":\"" + name
                        + "\"},\"id\":\"event-" + position + "\",\"organization\":\"" + organization(customer)
                        + "\",\"recordedtime\":\"" + time(position) + "\",\"requestid\":\"r" + position
                        + "\",\"sequence\":\"" + String.format(Locale.ROOT, "%020d", position)
                        + "\",\"source\":\"/aether/test\",\"specversion\":\"1.0\",\"streamsequence\":\""
                        + String.format(Locale.ROOT, "%020d", 0) + "\",\"subject\":\"thing-" + customer + "-" + position
                        + "\",\"time\":\"" + time(position)
                        + "\",\"type\":\"cloud.aetherplatform.cluster.requested.v1\"}")
                .getBytes(UTF_8);
    }

    CustomerLog append(List<Integer> customers) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        for (int customer : customers) {
            entries.add(entry(sealer.size() + entries.size(), customer, name(customer)));
        }
        sealer.append(entries);
        sealer.seal(SealWorld.offsets(sealer.size()));
        return this;
    }

    /** So many events, the customers 0 to {@code customers - 1} in turn. */
    public CustomerLog append(int events, int customers) throws IOException {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            turns.add(i % customers);
        }
        return append(turns);
    }

    /** The archive as a stranger reads it. */
    public ArchiveReader reader() {
        return world.reader();
    }

    /** Exports without a signature. */
    public ExportResult export(ExportScope scope, @Nullable Long size, Path out) throws IOException {
        return Exporter.export(
                reader(),
                new ExportRequest(scope, SealWorld.SIGNER.verifierKey(), size, null),
                out,
                ExportRequest.Progress.SILENT);
    }

    /** Everything of a customer. */
    public static ExportScope of(int customer) {
        return new ExportScope(organization(customer), null, null, null, null);
    }
}
