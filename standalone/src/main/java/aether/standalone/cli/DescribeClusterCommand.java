package aether.standalone.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code aether describe cluster}. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Shows a cluster, its node pools and machines, and how long each stage of its making took.",
        footerHeading = "%nExamples:%n",
        footer = {"  aether describe cluster shop", "  aether describe cluster acme/shop -o yaml"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class DescribeClusterCommand implements Callable<Integer> {

    private static final List<String[]> FIELDS = List.of(
            new String[] {"Id", "id"},
            new String[] {"Status", "status"},
            new String[] {"Message", "status_message"},
            new String[] {"Region", "region"},
            new String[] {"Version", "k8s_version"},
            new String[] {"Observed version", "observed_kubernetes_version"},
            new String[] {"Endpoint", "endpoint"},
            new String[] {"Worker subnet", "worker_subnet"},
            new String[] {"LB subnet", "lb_subnet"},
            new String[] {"Created", "created_at"},
            new String[] {"Updated", "updated_at"});

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    DescribeClusterCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                List<JsonNode> pools = api.list(found.path() + "/node-pools");
                List<JsonNode> machines = api.list(found.path() + "/machines");
                List<JsonNode> timeline = api.list(found.path() + "/events");
                Printer printer = output.printer(spec);
                if (printer.isTable()) {
                    tell(printer, found, pools, machines, timeline);
                } else {
                    Map<String, Object> all = new LinkedHashMap<>();
                    all.put("cluster", found.cluster());
                    all.put("node_pools", pools);
                    all.put("machines", machines);
                    all.put("events", timeline);
                    printer.one(all);
                }
                return ExitCodes.OK;
            }
        });
    }

    private void tell(
            Printer printer,
            Tenants.Found found,
            List<JsonNode> pools,
            List<JsonNode> machines,
            List<JsonNode> timeline) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Cluster " + found.name());
        for (String[] field : FIELDS) {
            String value = Printer.text(found.cluster(), field[1]);
            out.println("  " + field[0] + ":" + " ".repeat(17 - field[0].length()) + value);
        }
        out.println();
        out.println("Node pools");
        printer.list(pools, withoutCluster(GetPoolsCommand.COLUMNS), "  none");
        out.println();
        out.println("Machines");
        printer.list(machines, withoutCluster(GetMachinesCommand.COLUMNS), "  none");
        out.println();
        out.println("Stages");
        Stages.of(timeline).forEach(stage -> out.println("  " + stage.shown()));
        out.flush();
    }

    private static List<Printer.Column> withoutCluster(List<Printer.Column> columns) {
        return columns.subList(1, columns.size());
    }
}
