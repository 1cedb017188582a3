package aether.domain.archive;

/**
 * One attempt to take from a store what it had locked.
 *
 * @param what what was tried, for example "delete a locked version"
 * @param held whether the store kept it
 * @param observed what the store did
 */
public record ProbeAttempt(String what, boolean held, String observed) {}
