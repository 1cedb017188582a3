/** The database of the views: connections, schema, and the guard under which a rebuilt schema takes over. */
@NullMarked
package aether.projection.database;

import org.jspecify.annotations.NullMarked;
