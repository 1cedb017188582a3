/** What an archive alone can tell: the log and the views again, and what a cluster was like. */
@NullMarked
package aether.standalone.replay;

import org.jspecify.annotations.NullMarked;
