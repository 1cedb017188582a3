/** The way in for our own services: sagas and workers send commands here, each only those that are its own (law 1). */
@NullMarked
package aether.command.reports;

import org.jspecify.annotations.NullMarked;
