/** JSON over HTTP to services that may be away. */
@NullMarked
package aether.reconcile.http;

import org.jspecify.annotations.NullMarked;
