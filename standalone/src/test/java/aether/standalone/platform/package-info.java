/** Tests of the platform's parts. */
@NullMarked
package aether.standalone.platform;

import org.jspecify.annotations.NullMarked;
