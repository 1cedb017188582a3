/** Exports that are made while nobody waits for them: asked for, made, kept for a while, and gone. */
@NullMarked
package aether.archive.jobs;

import org.jspecify.annotations.NullMarked;
