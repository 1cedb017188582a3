/** The tables, functions and roles of the event log, and how they come into a database. */
@NullMarked
package aether.store.schema;

import org.jspecify.annotations.NullMarked;
