/** Tests of the client commands against a server double. */
@NullMarked
package aether.standalone.cli;

import org.jspecify.annotations.NullMarked;
