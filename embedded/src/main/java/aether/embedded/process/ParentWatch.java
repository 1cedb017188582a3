package aether.embedded.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A shell that waits at our pipe: when we die without a word, it asks the process to end (SIGINT). */
public final class ParentWatch implements AutoCloseable {

    private static final String SCRIPT = "trap '' INT; read -r word; [ \"$word\" = done ] || kill -INT \"$1\"";

    private final Process shell;

    private ParentWatch(Process shell) {
        this.shell = shell;
    }

    /** Watches over the process of that number. */
    public static ParentWatch over(long pid) throws IOException {
        List<String> line = new ArrayList<>(Children.ownSession());
        line.addAll(List.of("sh", "-c", SCRIPT, "aether-parent-watch", Long.toString(pid)));
        return new ParentWatch(new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The process is gone already: its process number may soon be another's, so nobody must be signalled. */
    @Override
    public void close() {
        try (OutputStream out = shell.getOutputStream()) {
            out.write("done\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            shell.destroyForcibly(); // it has ended by itself, or cannot be told
        }
    }
}
