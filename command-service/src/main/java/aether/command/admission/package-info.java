/** Says of custom resources in the management cluster who asked for them: an admission webhook that stamps the name. */
@NullMarked
package aether.command.admission;

import org.jspecify.annotations.NullMarked;
