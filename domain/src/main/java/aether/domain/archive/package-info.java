/** What the audit archive says about itself: that its store keeps what it locked, that it lives, that it is whole. */
@NullMarked
package aether.domain.archive;

import org.jspecify.annotations.NullMarked;
