/** Tests of witness policies. */
@NullMarked
package aether.archive.policy;

import org.jspecify.annotations.NullMarked;
