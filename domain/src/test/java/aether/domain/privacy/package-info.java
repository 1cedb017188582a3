/** Tests of the rules about data subjects. */
@NullMarked
package aether.domain.privacy;

import org.jspecify.annotations.NullMarked;
