package aether.domain.kernel;

/** An event that a worker reported while it held the lease on the tenant. */
public interface Reported {

    /** The epoch of that lease, from 1; a later lease has a higher one. */
    long epoch();
}
