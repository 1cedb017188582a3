package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.verify.PromisedEntries;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterState;
import aether.standalone.replay.ClusterHistory;
import aether.standalone.replay.Until;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aether audit history cluster}. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a cluster was like at a time, and the events that made it so, from the archive alone.",
            "Every entry is checked against the signed root on the way."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit history cluster shop --at 2026-11-27T14:00:00Z --archive data/archive --key log.vkey",
            "  aether audit history cluster acme/shop --at 117 --archive s3://audit -o json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "1:the archive is not readable, damaged, or not signed with the key",
            ExitCodes.USAGE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditHistoryClusterCommand implements Callable<Integer> {

    private static final int MAX_DATA = 160;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Mixin
    private OutputOptions output;

    @Mixin
    private LogKeyOption key = new LogKeyOption();

    @Option(
            names = "--at",
            paramLabel = "POSITION|TIME",
            description = "The last event to look at, by position or by the time it was recorded; default: the end.")
    private @Nullable String at;

    @Parameters(paramLabel = "NAME", description = "The cluster, as NAME or ORGANIZATION/NAME.")
    private String name;

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            Until until = until();
            int slash = name.indexOf('/');
            try (ArchivePlace.Reading place = archive.place().read()) {
                PromisedEntries promised = PromisedEntries.of(place.archive(), key.read());
                List<ClusterHistory.Then> found = ClusterHistory.read(
                        promised,
                        name.substring(slash + 1),
                        slash < 0 ? Optional.empty() : Optional.of(name.substring(0, slash)),
                        until);
                if (found.isEmpty()) {
                    throw CliFailure.notFound("Expected a cluster '%s' at %s, but none of the %d entries asks for it."
                            .formatted(name, until, promised.size()));
                }
                found.forEach(this::show);
                return ExitCodes.OK;
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CliFailure.failed(
                        "Expected to read the archive in %s, but could not: %s.".formatted(archive, e.getMessage()));
            }
        });
    }

    private Until until() {
        try {
            return at == null ? new Until.End() : Until.parse(at);
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--at: " + e.getMessage());
        }
    }

    private void show(ClusterHistory.Then then) {
        Printer printer = output.printer(spec);
        if (!printer.isTable()) {
            printer.one(fields(then));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        fields(then).forEach((field, value) -> {
            if (!(value instanceof List<?>)) {
                out.println(String.format("%-12s %s", field, value));
            }
        });
        out.println("events       the newest " + then.events().size());
        for (ClusterHistory.Happening event : then.events()) {
            out.println("  %8d  %s  %-8s  %s %s"
                    .formatted(
                            event.position(),
                            event.recorded(),
                            event.actorType(),
                            event.type(),
                            shortened(event.data())));
        }
        out.flush();
    }

    private static String shortened(String data) {
        return data.length() <= MAX_DATA ? data : data.substring(0, MAX_DATA) + "…";
    }

    private static Map<String, Object> fields(ClusterHistory.Then then) {
        ClusterState state = then.state();
        ClusterEvent.ClusterRequested request = state.request();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", then.id().toString());
        fields.put("organization", then.organization());
        if (request != null) {
            fields.put("name", request.name());
            fields.put("region", request.region());
            fields.put("wanted", request.version().toString());
        }
        fields.put("status", state.status().published());
        fields.put("observed", state.observed() == null ? "-" : state.observed().toString());
        fields.put(
                "endpoint",
                state.endpoint() == null
                        ? "-"
                        : state.endpoint().host() + ":" + state.endpoint().port());
        then.pools()
                .forEach((pool, known) -> fields.put(
                        "pool " + pool, known.status().published() + ", " + known.desired() + " nodes wanted"));
        fields.put(
                "events",
                then.events().stream()
                        .map(event -> Map.of(
                                "position", event.position(),
                                "recorded", event.recorded().toString(),
                                "type", event.type(),
                                "actor_type", event.actorType()))
                        .toList());
        return fields;
    }
}
