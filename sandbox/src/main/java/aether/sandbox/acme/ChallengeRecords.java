package aether.sandbox.acme;

/** Where the TXT records of DNS-01 challenges are put. */
public interface ChallengeRecords {

    /** Shows a value under a name, or under what the name is an alias of. */
    void show(String name, String value);

    /** Takes it away again. */
    void clear(String name);
}
