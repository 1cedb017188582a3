/** What all queries share: who asks, which page, how fresh, and how a refusal reads. */
@NullMarked
package aether.projection.http;

import org.jspecify.annotations.NullMarked;
