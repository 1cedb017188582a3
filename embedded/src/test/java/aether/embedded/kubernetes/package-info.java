@NullMarked
package aether.embedded.kubernetes;

import org.jspecify.annotations.NullMarked;
