package aether.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** How a witness signs and how its signature is checked; the bytes of C2SP tlog-cosignature. */
enum Cosigning {
    /** Signs the checkpoint's text behind a line with the time. */
    ED25519(4, Ed25519.KEY_BYTES) {
        @Override
        byte[] message(String cosigner, long seconds, String text) {
            return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(UTF_8);
        }

        @Override
        boolean verifies(byte[] key, byte[] message, byte[] signature) {
            return Ed25519.verify(key, message, signature);
        }
    },
    /** Signs origin, size and root without the text, so extension lines are not covered. */
    ML_DSA_44(6, MlDsa44.KEY_BYTES) {
        @Override
        byte[] message(String cosigner, long seconds, String text) {
            Checkpoint checkpoint = Checkpoint.parse(text);
            byte[] name = cosigner.getBytes(UTF_8);
            byte[] origin = checkpoint.origin().getBytes(UTF_8);
            if (name.length > MAX_NAME || origin.length > MAX_NAME) {
                throw new IllegalArgumentException("Expected names of at most 255 bytes, but got " + cosigner + " and "
                        + checkpoint.origin() + ".");
            }
            byte[] label = "subtree/v1\n\0".getBytes(UTF_8);
            return ByteBuffer.allocate(label.length + 2 + name.length + origin.length + 3 * Long.BYTES + Hash.BYTES)
                    .put(label)
                    .put((byte) name.length)
                    .put(name)
                    .putLong(seconds)
                    .put((byte) origin.length)
                    .put(origin)
                    .putLong(0) // a checkpoint is the subtree that begins with the first entry
                    .putLong(checkpoint.size())
                    .put(checkpoint.root().bytes())
                    .array();
        }

        @Override
        boolean verifies(byte[] key, byte[] message, byte[] signature) {
            return MlDsa44.verify(key, message, signature);
        }
    };

    private static final int MAX_NAME = 255;

    private final byte type;
    private final int keyBytes;

    Cosigning(int type, int keyBytes) {
        this.type = (byte) type;
        this.keyBytes = keyBytes;
    }

    byte type() {
        return type;
    }

    int keyBytes() {
        return keyBytes;
    }

    abstract byte[] message(String cosigner, long seconds, String text);

    abstract boolean verifies(byte[] key, byte[] message, byte[] signature);
}
