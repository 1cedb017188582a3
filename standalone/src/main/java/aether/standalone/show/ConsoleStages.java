package aether.standalone.show;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Stages on a console: one line for each that is over, with how long it took; on a terminal, below them, one line that
 * names what is running and is written over.
 */
public final class ConsoleStages implements Stages, AutoCloseable {

    private static final int NAME_WIDTH = 46;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final Set<String> running = new LinkedHashSet<>();

    /**
     * A console.
     *
     * @param terminal whether lines can be written over and coloured
     */
    public ConsoleStages(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void heading(String text) {
        clear();
        out.println();
        out.println(bold(text));
        showRunning();
    }

    @Override
    public synchronized void begun(String stage) {
        clear();
        running.add(stage);
        showRunning();
    }

    @Override
    public synchronized void done(String stage, Duration took) {
        clear();
        running.remove(stage);
        out.println("  " + green("✓") + " " + padded(stage) + seconds(took));
        showRunning();
    }

    @Override
    public synchronized void failed(String stage, String sentence) {
        clear();
        running.remove(stage);
        out.println("  " + red("✗") + " " + stage);
        out.println("    " + sentence);
        showRunning();
    }

    /** Forgets what is running and takes its line away, so that something else can be printed. */
    public synchronized void rest() {
        clear();
        running.clear();
        out.flush();
    }

    @Override
    public void close() {
        rest();
    }

    private void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
        }
    }

    private void showRunning() {
        if (terminal && !running.isEmpty()) {
            out.print("  … " + String.join(", ", running));
        }
        out.flush();
    }

    private static String padded(String stage) {
        return stage.length() >= NAME_WIDTH ? stage + " " : stage + " ".repeat(NAME_WIDTH - stage.length());
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%6.2f s", took.toMillis() / 1000.0);
    }

    private String bold(String text) {
        return terminal ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String green(String text) {
        return terminal ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    private String red(String text) {
        return terminal ? "\u001b[31m" + text + "\u001b[0m" : text;
    }
}
