package aether.standalone.cli;

/** A command ends here: what its user is told, and what it exits with. */
final class CliFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CliFailure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    static CliFailure failed(String sentence) {
        return new CliFailure(ExitCodes.FAILED, sentence);
    }

    static CliFailure usage(String sentence) {
        return new CliFailure(ExitCodes.USAGE, sentence);
    }

    static CliFailure notFound(String sentence) {
        return new CliFailure(ExitCodes.NOT_FOUND, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
