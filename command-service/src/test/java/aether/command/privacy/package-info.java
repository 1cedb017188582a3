/** Tests of how names are kept out of the log. */
@NullMarked
package aether.command.privacy;

import org.jspecify.annotations.NullMarked;
