package aether.standalone.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aether kubeconfig}. */
@Command(
        name = "kubeconfig",
        mixinStandardHelpOptions = true,
        description = {
            "Hands out a cluster's kubeconfig, an administrator's credential.",
            "That it was handed out, and to whom, is recorded."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether kubeconfig shop --out shop.yaml        into a file that only you can read",
            "  kubectl --kubeconfig shop.yaml get nodes",
            "  aether kubeconfig acme/shop > shop.yaml"
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

    @Parameters(paramLabel = "NAME", description = "The cluster, as NAME, ORGANIZATION/NAME or id.")
    private String name;

    KubeconfigCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = new Tenants(api).cluster(name);
                String kubeconfig = api.text(found.path() + "/kubeconfig");
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

    private static void write(Path file, String kubeconfig) {
        try {
            ContextFile.OwnFile.write(file, kubeconfig);
        } catch (UncheckedIOException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        }
    }
}
