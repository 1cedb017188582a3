package aether.standalone.cli;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code aether kubeconfig}. */
@Command(
        name = "kubeconfig",
        mixinStandardHelpOptions = true,
        description = {
            "Hands out a kubeconfig: the administrator's, or with --group one that ends after hours.",
            "That it was handed out, to whom and why, is recorded."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether kubeconfig shop --out shop.yaml        into a file that only you can read",
            "  kubectl --kubeconfig shop.yaml get nodes",
            "  aether kubeconfig acme/shop > shop.yaml",
            "  aether kubeconfig shop --group web:developers --hours 2 --reason incident --reference INC-17",
            "  aether kubeconfig shop --group aether:cluster-admins    may do everything until it ends"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class KubeconfigCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write it, with mode 0600; default: standard output.")
    private @Nullable Path out;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "A group of the tenant's role bindings that its user is in; may be repeated.")
    private List<String> groups = List.of();

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "8",
            description = "How long it lasts, 1 to 24; default: ${DEFAULT-VALUE}. It cannot be taken back before.")
    private int hours;

    @Option(
            names = "--reason",
            paramLabel = "WORD",
            defaultValue = "routine",
            description = "routine, incident, automation or other; default: ${DEFAULT-VALUE}.")
    private String reason;

    @Option(names = "--reference", paramLabel = "CASE", defaultValue = "", description = "The number of a case.")
    private String reference;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    KubeconfigCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                String kubeconfig = groups.isEmpty()
                        ? api.text(found.path() + "/kubeconfig")
                        : api.postForText(found.path() + "/kubeconfigs", wish());
                if (out == null) {
                    spec.commandLine().getOut().print(kubeconfig);
                    spec.commandLine().getOut().flush();
                } else {
                    write(out, kubeconfig);
                    spec.commandLine().getOut().println("The kubeconfig of " + found.name() + " is in " + out + ".");
                }
                return ExitCodes.OK;
            }
        });
    }

    private byte[] wish() {
        var wish = JsonMapper.shared()
                .createObjectNode()
                .put("hours", hours)
                .put("reason", reason)
                .put("reference", reference);
        groups.forEach(wish.putArray("groups")::add);
        return wish.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Path file, String kubeconfig) {
        try {
            ContextFile.OwnFile.write(file, kubeconfig);
        } catch (UncheckedIOException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        }
    }
}
