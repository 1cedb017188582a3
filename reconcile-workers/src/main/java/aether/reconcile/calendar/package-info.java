/** What follows from time alone: pauses that end, and what workers may do meanwhile. */
@NullMarked
package aether.reconcile.calendar;

import org.jspecify.annotations.NullMarked;
