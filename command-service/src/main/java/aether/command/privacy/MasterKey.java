package aether.command.privacy;

import java.util.List;

/**
 * The key that wraps the subjects' keys; a file by default, a KMS where there is one. It is never in the database. It
 * has generations: when a generation ends, every copy of a row that was wrapped under it is worthless, wherever it is.
 */
public interface MasterKey {

    /** The generations in force, newest first; never empty, and more than one only while one takes over. */
    List<Generation> inForce();

    /** Looks whether another process has begun or ended a generation. */
    void refresh();

    /** Begins a generation; the older ones stay in force. */
    void begin();

    /** Ends every generation but the newest, for good. */
    void endOlder();

    /** The generation that wraps now. */
    default Generation newest() {
        return inForce().getFirst();
    }

    /** One generation of the key. */
    interface Generation {

        /** Counts from 1. */
        int number();

        /**
         * Wraps a secret.
         *
         * @param keyId binds the wrapped secret to its row
         * @param iv 12 random bytes
         */
        byte[] wrap(String keyId, byte[] iv, byte[] secret);

        /**
         * The secret that was wrapped.
         *
         * @throws IllegalStateException when it is not one of this key id and generation
         */
        byte[] unwrap(String keyId, byte[] wrapped);

        /**
         * A keyed hash, by which the row of a name is found without the name in it.
         *
         * @return 32 bytes
         */
        byte[] index(String text);
    }
}
