/** Tests of the archive on S3, before a real store that enforces Object Lock. */
@NullMarked
package aether.archive.s3;

import org.jspecify.annotations.NullMarked;
