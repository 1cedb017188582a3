package aether.standalone.cli;

import aether.archive.verify.VerificationLevel;
import aether.standalone.show.Terminal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One line on a terminal that says how far something has come, and is gone when it ends. */
final class ProgressLine implements AutoCloseable {

    /** Often enough to look alive. */
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean shown;
    private long last = System.nanoTime();
    private boolean written;

    private ProgressLine(PrintWriter out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /** Shows nothing where nobody looks: in a pipe, in a file. */
    static ProgressLine onTerminal(PrintWriter out) {
        return new ProgressLine(out, Terminal.canOverwrite(System.getenv()));
    }

    void show(VerificationLevel level, long done, long of) {
        show("level " + level.number() + ", " + level.what(), done, of);
    }

    void show(String what, long done, long of) {
        if (!shown || System.nanoTime() - last < EVERY_NANOS) {
            return;
        }
        last = System.nanoTime();
        written = true;
        String much = of == 0
                ? String.format(Locale.ROOT, "%,d", done)
                : String.format(Locale.ROOT, "%,d of %,d (%d %%)", done, of, 100 * done / of);
        out.print(CLEAR + what + ": " + much);
        out.flush();
    }

    @Override
    public void close() {
        if (written) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
