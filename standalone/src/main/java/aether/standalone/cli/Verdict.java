package aether.standalone.cli;

import java.io.PrintWriter;
import java.util.Map;

/** What a verification has come to, and how it is shown. */
sealed interface Verdict permits ArchiveVerdict, ExportVerdict {

    /** Whether nothing is wrong. */
    boolean isIntact();

    /** For people. */
    void tell(PrintWriter out);

    /** For programs. */
    Map<String, Object> fields();
}
