package aether.archive.intake;

/** Hears what an operator should know about the intake. */
public interface IntakeReport {

    /** A record that is no event was left out. */
    void foreignRecord();

    /** An archived position came again with other bytes. */
    void equivocation(String sentence);

    /** Why the wanted position is waited for; empty when it is simply the next one. */
    void waiting(String reason);
}
