/** What every tenant needs inside its own API: rules for joining nodes, cluster DNS, the network plugin. */
@NullMarked
package aether.reconcile.addons;

import org.jspecify.annotations.NullMarked;
