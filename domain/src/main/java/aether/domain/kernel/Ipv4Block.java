package aether.domain.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IPv4 addresses in CIDR form (RFC 4632).
 *
 * @param base the first address as an unsigned 32-bit number
 * @param prefix the number of leading network bits, 0 to 32
 */
public record Ipv4Block(long base, int prefix) {

    /** Without leading zeros, which some readers take for octal numbers. */
    private static final String NUMBER = "(0|[1-9]\\d{0,2})";

    private static final Pattern FORM =
            Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "/" + NUMBER);

    public Ipv4Block {
        if (prefix < 0 || prefix > 32) {
            throw new IllegalArgumentException("Expected a prefix from 0 to 32, but got " + prefix + ".");
        }
        if (base < 0 || base > 0xFFFF_FFFFL || base % size(prefix) != 0) {
            throw new IllegalArgumentException("Expected a base that is a multiple of " + size(prefix) + " for a /"
                    + prefix + ", but got " + base + ".");
        }
    }

    /** Reads {@code a.b.c.d/n}; empty when the text is not a block or has bits set beyond its prefix. */
    public static Optional<Ipv4Block> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long base = 0;
        for (int part = 1; part <= 4; part++) {
            int octet = Integer.parseInt(form.group(part));
            if (octet > 255) {
                return Optional.empty();
            }
            base = base << 8 | octet;
        }
        int prefix = Integer.parseInt(form.group(5));
        if (prefix > 32 || base % size(prefix) != 0) {
            return Optional.empty();
        }
        return Optional.of(new Ipv4Block(base, prefix));
    }

    /** How many blocks of the longer prefix fit into this one. */
    public long count(int longerPrefix) {
        return longerPrefix < prefix ? 0 : size(prefix) / size(longerPrefix);
    }

    /**
     * The block of the longer prefix at an index.
     *
     * @param index from 0 to {@link #count} - 1
     * @throws IllegalArgumentException when the index is out of range
     */
    public Ipv4Block part(int longerPrefix, long index) {
        if (index < 0 || index >= count(longerPrefix)) {
            throw new IllegalArgumentException("Expected an index below " + count(longerPrefix) + " for a /"
                    + longerPrefix + " of " + this + ", but got " + index + ".");
        }
        return new Ipv4Block(base + index * size(longerPrefix), longerPrefix);
    }

    /** Whether every address of the other block lies in this one. */
    public boolean contains(Ipv4Block other) {
        return other.prefix >= prefix && other.base >= base && other.base < base + size(prefix);
    }

    /**
     * The address at an offset, in dotted form.
     *
     * @param offset from 0 to the block's size - 1
     * @throws IllegalArgumentException when the offset is out of range
     */
    public String address(long offset) {
        if (offset < 0 || offset >= size(prefix)) {
            throw new IllegalArgumentException(
                    "Expected an offset below " + size(prefix) + " in " + this + ", but got " + offset + ".");
        }
        return dotted(base + offset);
    }

    @Override
    public String toString() {
        return dotted(base) + "/" + prefix;
    }

    private static long size(int prefix) {
        return 1L << (32 - prefix);
    }

    private static String dotted(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
