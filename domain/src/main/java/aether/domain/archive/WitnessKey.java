package aether.domain.archive;

/**
 * Which witness: what stands before the key in its vkey line.
 *
 * @param name the name that it signs with
 * @param id the id of its key, 8 hexadecimal digits
 */
public record WitnessKey(String name, String id) {}
