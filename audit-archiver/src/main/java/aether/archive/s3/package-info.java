/** The archive in an S3 bucket with Object Lock, by requests that every such store understands. */
@NullMarked
package aether.archive.s3;

import org.jspecify.annotations.NullMarked;
