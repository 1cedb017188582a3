/** The commands that talk to a running platform: clients of its API like anyone else's. */
@NullMarked
package aether.standalone.cli;

import org.jspecify.annotations.NullMarked;
