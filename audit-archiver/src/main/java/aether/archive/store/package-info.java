/** Where the archive is kept: objects that are written once and locked, and the few that may change. */
@NullMarked
package aether.archive.store;

import org.jspecify.annotations.NullMarked;
