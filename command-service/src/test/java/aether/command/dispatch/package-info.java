@NullMarked
package aether.command.dispatch;

import org.jspecify.annotations.NullMarked;
