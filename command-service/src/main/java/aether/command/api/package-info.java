/** The command API over HTTP. Only handlers of this package are guarded here; other rooms guard their own. */
@NullMarked
package aether.command.api;

import org.jspecify.annotations.NullMarked;
