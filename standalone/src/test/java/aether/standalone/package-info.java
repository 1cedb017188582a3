/** Tests of the command line and of the rooms together. */
@NullMarked
package aether.standalone;

import org.jspecify.annotations.NullMarked;
