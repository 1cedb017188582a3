/**
 * What comes in from outside, read strictly: bodies become trees, trees become fields, and every error names a field.
 */
@NullMarked
package aether.command.request;

import org.jspecify.annotations.NullMarked;
