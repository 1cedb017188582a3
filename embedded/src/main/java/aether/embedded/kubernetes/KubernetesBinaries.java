package aether.embedded.kubernetes;

import aether.embedded.process.Obstacle;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Kubernetes binaries of this machine: etcd, kube-apiserver, kube-controller-manager, and perhaps more beside them.
 *
 * @param directory where they lie
 */
public record KubernetesBinaries(Path directory) {

    /** Names the directory; the one that controller-runtime's envtest reads, so that one setting serves both. */
    public static final String VARIABLE = "KUBEBUILDER_ASSETS";

    public static final String ETCD = "etcd";
    public static final String API_SERVER = "kube-apiserver";
    public static final String CONTROLLER_MANAGER = "kube-controller-manager";
    public static final String KUBECTL = "kubectl";
    public static final String ETCDCTL = "etcdctl";

    /** What a test says that is skipped where they are missing. */
    public static final String MISSING =
            "No Kubernetes binaries are found: nothing here has been asked of a real API server";

    private static final List<String> NEEDED = List.of(ETCD, API_SERVER, CONTROLLER_MANAGER);
    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+)");
    private static final long ANSWER_SECONDS = 20; // a cold disk has to read a hundred megabytes first

    /** Those in {@code $KUBEBUILDER_ASSETS}, or else in the newest cached folder of {@code ~/.cache}. */
    public static Optional<KubernetesBinaries> find() {
        return find(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static Optional<KubernetesBinaries> find(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return complete(Path.of(named));
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path cache = (shared.isEmpty() ? home.resolve(".cache") : Path.of(shared)).resolve("aether-test-assets");
        if (!Files.isDirectory(cache)) {
            return Optional.empty();
        }
        try (Stream<Path> kept = Files.list(cache)) {
            return kept.filter(folder -> folder.getFileName().toString().startsWith("kubernetes-"))
                    .sorted(java.util.Comparator.reverseOrder())
                    .flatMap(folder -> complete(folder.resolve("bin")).stream())
                    .findFirst();
        } catch (IOException e) {
            throw Obstacle.of(e, cache);
        }
    }

    private static Optional<KubernetesBinaries> complete(Path directory) {
        return NEEDED.stream().allMatch(name -> Files.isExecutable(directory.resolve(name)))
                ? Optional.of(new KubernetesBinaries(directory.toAbsolutePath()))
                : Optional.empty();
    }

    /** Where a program of that name lies; empty when this machine has none. */
    public Optional<Path> program(String name) {
        return Optional.of(directory.resolve(name)).filter(Files::isExecutable);
    }

    /** Where the program or any other tool lies: in the folder, or else where this process finds its programs. */
    public Optional<Path> tool(String name) {
        return Stream.concat(Stream.of(directory), onPath().map(Path::of))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The folder before all others in which this process finds programs, as a {@code PATH}. */
    public String path() {
        return Stream.concat(Stream.of(directory.toString()), onPath()).collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty());
    }

    /** The version that a program says it has, without a leading {@code v}; empty when it is not there or is silent. */
    public Optional<String> version(String name) {
        return program(name)
                .map(program -> said(List.of(program.toString(), "--version")))
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    private String said(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return text;
        } catch (IOException e) {
            throw Obstacle.of(e, directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
