package aether.archive.keys;

import aether.archive.read.SecondKey;
import java.io.IOException;
import java.util.Optional;

/** The ML-DSA-44 keys beside the others: handed over by the same statements, or taken in between. */
public final class SecondKeys {

    private SecondKeys() {}

    /**
     * The one beside a key, and from where on it signs.
     *
     * @throws IllegalArgumentException when the object that announces it is unreadable
     */
    public static Optional<SecondKey> of(KeyObjects archive, LogKey beside) throws IOException {
        Succession by = beside.by();
        if (by != null && by.secondTo() != null) {
            return Optional.of(new SecondKey(by.secondTo(), beside.from() - 1)); // also where it took over
        }
        return archive.read(SecondKey.object(beside.number())).map(SecondKey::parse);
    }
}
