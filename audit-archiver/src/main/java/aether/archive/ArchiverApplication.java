package aether.archive;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archiver as a process of its own, told by environment variables. */
public final class ArchiverApplication {

    private static final String PORT = "AETHER_PORT";
    private static final String LOGGING = "logback.configurationFile";

    private ArchiverApplication() {}

    /** Runs until the process is asked to end. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "archiver-logback.xml"); // before the first logger is made
        }
        Logger log = LoggerFactory.getLogger(ArchiverApplication.class);
        Map<String, String> environment = System.getenv();
        String port = environment.getOrDefault(PORT, "");
        if (!port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("Expected a port in " + PORT + ", but got '" + port + "'.");
        }
        ArchiverSettings settings = ArchiverSettings.fromEnvironment(environment);
        CountDownLatch ended = new CountDownLatch(1);
        Archiver archiver = new Archiver(
                settings,
                ArchiverSettings.commandService(environment)
                        .orElse(null)); // closed by the hook: whoever asks us to end waits for the last seal
        try (ExportService exports = ExportService.fromEnvironment(environment, settings);
                StatusServer server = StatusServer.start(
                        new InetSocketAddress(Integer.parseInt(port)),
                        archiver::status,
                        archiver::awaitProof,
                        exports.routes())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                archiver.close();
                ended.countDown();
            }));
            archiver.start();
            log.info(
                    "Archiving {} into {}; status on port {}.",
                    settings.topic(),
                    settings.archive().shown(),
                    server.port());
            ended.await();
        }
    }
}
