/** Pure: what is wanted in, Kubernetes objects out; and what tells a rendered object from the one that is there. */
@NullMarked
package aether.reconcile.render;

import org.jspecify.annotations.NullMarked;
