@NullMarked
package aether.reconcile.calendar;

import org.jspecify.annotations.NullMarked;
