/** The rights over what is known about a person: legal holds, and being forgotten. Knows keys by their ids only. */
@NullMarked
package aether.domain.privacy;

import org.jspecify.annotations.NullMarked;
