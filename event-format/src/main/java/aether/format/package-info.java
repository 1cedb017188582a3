/** What both sides of Kafka share: event names, revisions, JSON, and the CloudEvent envelope. */
@NullMarked
package aether.format;

import org.jspecify.annotations.NullMarked;
