/** Where long-running processes keep what they know: sagas, tokens, deadlines, and who works for which tenant. */
@NullMarked
package aether.store.process;

import org.jspecify.annotations.NullMarked;
