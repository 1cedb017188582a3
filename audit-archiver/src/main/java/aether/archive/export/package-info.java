/**
 * What an auditor takes home: a selection of the log in one file that proves itself, away from the archive and from us.
 */
@NullMarked
package aether.archive.export;

import org.jspecify.annotations.NullMarked;
