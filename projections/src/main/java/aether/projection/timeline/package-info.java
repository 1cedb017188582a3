/** What happened, in order, in sentences for a person. */
@NullMarked
package aether.projection.timeline;

import org.jspecify.annotations.NullMarked;
