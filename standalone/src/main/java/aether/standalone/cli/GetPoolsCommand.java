package aether.standalone.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aether get pools}. */
@Command(
        name = "pools",
        mixinStandardHelpOptions = true,
        description = "Lists node pools.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class GetPoolsCommand implements Callable<Integer> {

    /** What the table shows. */
    static final List<Printer.Column> COLUMNS = List.of(
            Printer.Column.field("CLUSTER", "cluster"),
            Printer.Column.field("NAME", "name"),
            Printer.Column.field("STATUS", "status"),
            new Printer.Column("READY", pool -> Printer.text(pool, "ready") + "/" + Printer.text(pool, "desired")),
            Printer.Column.field("MIN", "min"),
            Printer.Column.field("MAX", "max"),
            Printer.Column.field("VCPUS", "vcpus"),
            Printer.Column.field("MEMORY_GB", "memory_gb"),
            Printer.Column.field("DISK_GB", "disk_gb"));

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterFilter filter;

    GetPoolsCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                output.printer(spec).list(filter.list(api, "node-pools"), COLUMNS, "There are no node pools.");
                return ExitCodes.OK;
            }
        });
    }
}
