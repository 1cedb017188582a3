package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code aether rotate-ca}. */
@Command(
        name = "rotate-ca",
        mixinStandardHelpOptions = true,
        description = {
            "Exchanges a cluster's CA without an outage, in two steps that you take.",
            "The first makes the new CA, has everything trust both, and replaces every node, one after the other.",
            "Then each client fetches its kubeconfig again. --complete takes the old CA away: who did not, stays outside.",
            "The CAs of etcd and of the front proxy are known to the control plane alone: that takes one step."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether rotate-ca shop               begins; 'aether describe cluster shop' says when it is prepared",
            "  aether kubeconfig shop              works before, during and after",
            "  aether rotate-ca shop --complete    drops the old CA",
            "  aether rotate-ca shop --authority etcd    begins, and ends by itself"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class RotateCaCommand implements Callable<Integer> {

    private static final String CLUSTER = "cluster";

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Urgency urgency = new Urgency();

    @Option(
            names = "--authority",
            paramLabel = "CA",
            defaultValue = CLUSTER,
            description = "Which one: cluster, etcd or front-proxy (default: ${DEFAULT-VALUE}).")
    private String authority = CLUSTER;

    @Option(names = "--complete", description = "Every client has its new kubeconfig: take the old CA away.")
    private boolean complete;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    RotateCaCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                String step = found.path() + "/authority-rotation" + (complete ? "/complete" : "");
                var answer = api.post(step, "application/json", wish());
                boolean other = !authority.equals(CLUSTER);
                printer.say(
                        complete
                                ? "The old CA of " + found.name() + " is being taken away."
                                : Urgency.told(
                                        answer,
                                        (other ? authority + "-" : "") + "authority-rotation",
                                        "The rotation of the " + (other ? authority + " " : "") + "CA of "
                                                + found.name() + " has begun."));
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }

    private byte[] wish() {
        ObjectNode wish = JsonMapper.shared().createObjectNode();
        if (!authority.equals(CLUSTER)) {
            wish.put("authority", authority);
        }
        if (!complete) {
            urgency.into(wish);
        }
        return wish.isEmpty() ? new byte[0] : wish.toString().getBytes(StandardCharsets.UTF_8);
    }
}
