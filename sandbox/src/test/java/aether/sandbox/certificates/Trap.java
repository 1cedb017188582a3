package aether.sandbox.certificates;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A row of the contract; there is none without a place in cert-manager that says so. */
@Test
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Trap {
    /** Where it stands: a path in cert-manager's repository at 1.21, or a page of its documentation. */
    String[] source();
}
