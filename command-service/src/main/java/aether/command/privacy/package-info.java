/**
 * Keeps the names of people out of the log: each data subject has a key, what the log holds is a pseudonym or a
 * ciphertext under that key, and whoever destroys the key has forgotten the person. Everything that can read a name is
 * in this package; the key store is apart from the log, and the key that wraps its keys is apart from both.
 */
@NullMarked
package aether.command.privacy;

import org.jspecify.annotations.NullMarked;
