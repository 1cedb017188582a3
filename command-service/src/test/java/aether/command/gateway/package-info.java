@NullMarked
package aether.command.gateway;

import org.jspecify.annotations.NullMarked;
