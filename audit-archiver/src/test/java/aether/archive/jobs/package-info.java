@NullMarked
package aether.archive.jobs;

import org.jspecify.annotations.NullMarked;
