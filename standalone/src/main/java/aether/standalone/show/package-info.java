/** What a person sees while the platform starts and a tenant comes to life. */
@NullMarked
package aether.standalone.show;

import org.jspecify.annotations.NullMarked;
