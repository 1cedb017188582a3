package aether.reconcile.publicname;

/** Asks the DNS what a name is an alias of. */
@FunctionalInterface
public interface Aliases {

    /**
     * The target of the name's CNAME, in small letters and without a dot at its end; empty when it has none.
     *
     * @throws aether.reconcile.loop.OutsideFailure when the DNS does not answer
     */
    String of(String name);
}
