package aether.command.api;

import aether.command.access.Identity;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which kinds of identities may call a controller; without it nobody may. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Audience {

    /** The kinds. */
    Identity.Kind[] value();
}
