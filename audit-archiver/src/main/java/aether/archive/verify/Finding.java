package aether.archive.verify;

/**
 * Something that is wrong.
 *
 * @param level the level of the check that found it
 * @param object the object or entry it is about, such as {@code tile/0/001} or {@code entry 17}
 * @param sentence what was expected and what is there
 */
public record Finding(VerificationLevel level, String object, String sentence) {}
