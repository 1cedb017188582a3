/** A subset of the Kubernetes API, kept in memory and in the journal, good enough for real clients. */
@NullMarked
package aether.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
