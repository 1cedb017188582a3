/** Forgetting people: what is done in which order, and what a start takes up that a crash cut off. */
@NullMarked
package aether.command.forgetting;

import org.jspecify.annotations.NullMarked;
