package aether.embedded.kafka;

import aether.embedded.process.CacheDirectory;
import aether.embedded.process.Children;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a broker process: small, quick to start, with our own class path. */
final class BrokerCommand {

    private static final List<String> SMALL_AND_QUICK = List.of(
            "-Xms48m",
            "-Xmx256m",
            "-Xss512k",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Djava.awt.headless=true",
            "-Dlogback.configurationFile=aether/embedded/kafka/broker-logback.xml");

    private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

    private BrokerCommand() {}

    static List<String> of(KafkaSettings settings, int port) {
        String classPath = absolute(System.getProperty("java.class.path"));
        List<String> line = new ArrayList<>(Children.ownSession());
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(SMALL_AND_QUICK);
        line.addAll(quietOnNewerJdks());
        line.addAll(classArchive(classPath));
        line.addAll(List.of("-cp", classPath, BrokerMain.class.getName()));
        line.add(settings.directory().toString());
        line.add(Integer.toString(port));
        settings.broker().forEach((name, value) -> line.add(name + "=" + value));
        return line;
    }

    /** The broker works in its own directory, from where our relative entries lead nowhere. */
    static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Kafka unmaps its files through Unsafe, which newer JDKs comment on at each start. */
    private static List<String> quietOnNewerJdks() {
        return Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE
                ? List.of("--sun-misc-unsafe-memory-access=allow")
                : List.of();
    }

    /** Classes parsed and verified once; the JVM renews the file when the class path or the JDK has changed. */
    private static List<String> classArchive(String classPath) {
        boolean jarsOnly =
                Arrays.stream(classPath.split(File.pathSeparator, -1)).allMatch(entry -> entry.endsWith(".jar"));
        if (!jarsOnly) {
            return List.of(); // the JVM archives no classes from directories
        }
        String name = "broker-%08x.jsa".formatted((classPath + System.getProperty("java.vm.version")).hashCode());
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + CacheDirectory.ofUser().resolve(name));
    }
}
