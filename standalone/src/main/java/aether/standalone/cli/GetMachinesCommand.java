package aether.standalone.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aether get machines}. */
@Command(
        name = "machines",
        mixinStandardHelpOptions = true,
        description = "Lists machines.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class GetMachinesCommand implements Callable<Integer> {

    /** What the table shows. */
    static final List<Printer.Column> COLUMNS = List.of(
            Printer.Column.field("CLUSTER", "cluster"),
            Printer.Column.field("NAME", "name"),
            Printer.Column.field("ROLE", "role"),
            Printer.Column.field("STATUS", "status"),
            Printer.Column.field("VM", "vm_id"),
            Printer.Column.field("ADDRESS", "address"));

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterFilter filter;

    GetMachinesCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                output.printer(spec).list(filter.list(api, "machines"), COLUMNS, "There are no machines.");
                return ExitCodes.OK;
            }
        });
    }
}
