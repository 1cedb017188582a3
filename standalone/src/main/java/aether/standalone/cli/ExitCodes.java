package aether.standalone.cli;

/** What the commands of this package exit with; every command's help lists them. */
final class ExitCodes {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int NOT_FOUND = 4;

    /** For {@code @Command(exitCodeList)}. */
    static final String OK_TEXT = "0:done";

    static final String FAILED_TEXT = "1:refused or failed; the sentence on standard error says why";
    static final String USAGE_TEXT = "2:the command line was not understood";
    static final String UNREACHABLE_TEXT = "3:the server could not be reached";
    static final String NOT_FOUND_TEXT = "4:there is no such thing, or the name could mean several";

    private ExitCodes() {}
}
