package aether.archive.cosign;

import aether.archive.log.CosignerKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of what witnesses have left in an archive: {@code cosigned/SIZE.ID}, the sealed checkpoint of that size
 * with the log's signature and that of the witness with this key id, and {@code witnesses/ID.vkey}, what it is checked
 * with.
 */
public final class Cosignatures {

    /** What all cosigned checkpoints begin with. */
    public static final String PREFIX = "cosigned/";

    /** What the keys of all witnesses begin with. */
    public static final String KEYS = "witnesses/";

    private static final Pattern NAME = Pattern.compile("cosigned/(\\d{20})\\.([0-9a-f]{8})");

    private Cosignatures() {}

    /**
     * What a name says.
     *
     * @param size the size of the checkpoint
     * @param id the key id of the witness
     */
    public record Name(long size, String id) {

        /** The object with the witness's key. */
        public String key() {
            return KEYS + id + ".vkey";
        }
    }

    /** The checkpoint of a size that this witness has cosigned. */
    public static String key(long size, CosignerKey witness) {
        return String.format(Locale.ROOT, PREFIX + "%020d.%s", size, witness.idHex());
    }

    /** The object with a witness's key. */
    public static String witness(CosignerKey key) {
        return KEYS + key.idHex() + ".vkey";
    }

    /** What is in an object with a witness's key. */
    public static String text(CosignerKey key) {
        return key.vkey() + "\n";
    }

    /** What the name of an object says; nothing when it is not the name of a cosigned checkpoint. */
    public static Optional<Name> name(String object) {
        Matcher name = NAME.matcher(object);
        try {
            return name.matches()
                    ? Optional.of(new Name(Long.parseLong(name.group(1)), name.group(2)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // 20 digits can say more than any log will hold
        }
    }
}
