@NullMarked
package aether.command.admission;

import org.jspecify.annotations.NullMarked;
