package aether.standalone.cli;

import aether.archive.log.Cosigner;
import aether.archive.log.VerifierKey;
import aether.archive.witness.Witness;
import aether.archive.witness.WitnessMemory;
import aether.archive.witness.WitnessServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit witness}. */
@Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        description = {
            "Answers a log that asks for a cosignature over HTTP (C2SP tlog-witness), until it is stopped.",
            "It needs neither the archive nor the platform: the log brings the proof that it only grew. With the "
                    + "same --state, 'audit watch' and this are one witness, one of them at a time."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  aether audit witness --listen 0.0.0.0:8090 --key log.vkey --name witness.example.com/w1 --state ~/.witness",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped", "1:it cannot listen or remember", ExitCodes.USAGE_TEXT})
final class AuditWitnessCommand implements Callable<Integer> {

    private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8090",
            description = "Where it listens, port 0 for any; default: ${DEFAULT-VALUE}.")
    private String listen;

    @Mixin
    private WitnessOptions witness = new WitnessOptions();

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            InetSocketAddress address = address();
            try {
                return serve(address);
            } catch (IllegalArgumentException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CliFailure.failed("Expected to listen on %s and to keep %s, but could not: %s (%s)."
                        .formatted(
                                listen,
                                witness.state(),
                                e.getMessage(),
                                e.getClass().getSimpleName()));
            }
        });
    }

    private InetSocketAddress address() {
        Matcher parts = ADDRESS.matcher(listen);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
            throw CliFailure.usage("Expected --listen as HOST:PORT, but got " + listen + ".");
        }
        return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private int serve(InetSocketAddress address) throws IOException, InterruptedException {
        VerifierKey log = witness.log();
        try (WitnessMemory memory = witness.memory()) {
            Cosigner cosigner = witness.cosigner();
            Witness observer = new Witness(log, cosigner, memory, InstantSource.system());
            try (WitnessServer server = WitnessServer.start(address, observer)) {
                PrintWriter out = spec.commandLine().getOut();
                out.println("Witness key: " + cosigner.key().vkey());
                out.println("Listening on http://" + address.getHostString() + ":" + server.port() + "/ for "
                        + log.name() + ".");
                out.flush();
                new CountDownLatch(1).await(); // a signal ends it; what it answered is on the disk by then
                return ExitCodes.OK;
            }
        }
    }
}
