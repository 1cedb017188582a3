/** The HTTP plumbing that all doors of the sandbox share: answers, bearer tokens, and faults on demand. */
@NullMarked
package aether.sandbox.http;

import org.jspecify.annotations.NullMarked;
