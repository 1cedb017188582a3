package aether.sandbox.processes;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what is true inside a pod into what is true on this host, and changes nothing else: a mount path into the
 * directory that stands for it, host and port of a Service or pod into a port of 127.0.0.1.
 *
 * @param mounts mount path to directory
 * @param addresses the port of 127.0.0.1 for a host and port as the pod knows them
 */
record Localizing(Map<String, Path> mounts, Addresses addresses) {

    /** What names and ports lead to. */
    @FunctionalInterface
    interface Addresses {
        /** Empty when that host is none of ours. */
        OptionalInt port(String host, int port);
    }

    private static final Pattern ADDRESS =
            Pattern.compile("(?<![A-Za-z0-9.-])([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?):([0-9]{1,5})(?![0-9])");

    /** What stands before and after a path in an argument or a configuration file. */
    private static final String BEFORE = "(?<![A-Za-z0-9_./-])";

    private static final String AFTER = "(?=[/\"',\\s]|$)";

    String text(String inside) {
        String text = inside;
        List<String> longestFirst = mounts.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String mount : longestFirst) {
            text = Pattern.compile(BEFORE + Pattern.quote(mount) + AFTER)
                    .matcher(text)
                    .replaceAll(Matcher.quoteReplacement(String.valueOf(mounts.get(mount))));
        }
        return ADDRESS.matcher(text).replaceAll(this::address);
    }

    private String address(MatchResult found) {
        OptionalInt port = addresses.port(found.group(1), Integer.parseInt(found.group(2)));
        return Matcher.quoteReplacement(port.isPresent() ? "127.0.0.1:" + port.getAsInt() : found.group());
    }
}
