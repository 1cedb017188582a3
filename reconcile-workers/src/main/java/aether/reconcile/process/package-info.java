/** The Axon sagas: shells that feed the tables of {@code aether.domain.process} and send what these answer. */
@NullMarked
package aether.reconcile.process;

import org.jspecify.annotations.NullMarked;
