package aether.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether rotate-keys}. */
@Command(
        name = "rotate-keys",
        mixinStandardHelpOptions = true,
        description = {
            "Exchanges a key of a cluster without an outage.",
            "The key of Secrets at rest is exchanged in one go: every Secret is written again, then the old key goes.",
            "Tokens of service accounts are signed with the new key, and those of before stay valid until --complete."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether rotate-keys shop --encryption                   'aether describe cluster shop' says how far it is",
            "  aether rotate-keys shop --service-account              begins; then fetch tokens that you keep again",
            "  aether rotate-keys shop --service-account --complete   refuses the tokens of before"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class RotateKeysCommand implements Callable<Integer> {

    private static final byte[] NOTHING = new byte[0];

    /** Which key. */
    static final class Which {
        @Option(names = "--encryption", required = true, description = "The key with which Secrets lie in etcd.")
        private boolean encryption;

        @Option(
                names = "--service-account",
                required = true,
                description = "The key pair that signs tokens of service accounts.")
        private boolean serviceAccount;

        /** One of the two is given, or picocli says so. */
        boolean isEncryption() {
            return encryption && !serviceAccount;
        }
    }

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Urgency urgency = new Urgency();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--complete", description = "Every token that is kept was fetched again: take the old key away.")
    private boolean complete;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    RotateKeysCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                String key = which.isEncryption() ? "encryption" : "service-account";
                String shown = which.isEncryption() ? "encryption key" : "service account key";
                String step = found.path() + "/key-rotations/" + key + (complete ? "/complete" : "");
                var answer = api.post(step, "application/json", complete ? NOTHING : urgency.wish());
                printer.say(
                        complete
                                ? "The old " + shown + " of " + found.name() + " is being taken away."
                                : Urgency.told(
                                        answer,
                                        key + "-key-rotation",
                                        "The rotation of the " + shown + " of " + found.name() + " has begun."));
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }
}
