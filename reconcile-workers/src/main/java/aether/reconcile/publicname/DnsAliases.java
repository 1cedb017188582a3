package aether.reconcile.publicname;

import aether.reconcile.loop.OutsideFailure;
import java.util.Hashtable;
import java.util.Locale;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** The JDK's own resolver: one question at a time, with a bound. */
public final class DnsAliases implements Aliases {

    /** The first try; the JDK doubles it. */
    private static final String TIMEOUT_MILLIS = "2000";

    private static final String TRIES = "2";

    private final String resolver;

    /**
     * A resolver.
     *
     * @param resolver host and port; empty for the system's
     */
    public DnsAliases(String resolver) {
        this.resolver = resolver;
    }

    @Override
    // The DNS provider alone is asked, for a name of DNS labels, and answers with text; JNDI takes no other map.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    public String of(String name) {
        try {
            DirContext context = new InitialDirContext(new Hashtable<>(Map.of(
                    Context.INITIAL_CONTEXT_FACTORY,
                    "com.sun.jndi.dns.DnsContextFactory",
                    Context.PROVIDER_URL,
                    resolver.isEmpty() ? "dns:" : "dns://" + resolver,
                    "com.sun.jndi.dns.timeout.initial",
                    TIMEOUT_MILLIS,
                    "com.sun.jndi.dns.timeout.retries",
                    TRIES)));
            try {
                Attribute found =
                        context.getAttributes(name, new String[] {"CNAME"}).get("CNAME");
                return found == null ? "" : plain(String.valueOf(found.get()));
            } finally {
                context.close();
            }
        } catch (NameNotFoundException none) {
            return "";
        } catch (NamingException e) {
            throw new OutsideFailure(
                    OutsideFailure.Kind.AWAY,
                    "Expected the DNS to say what " + name + " is an alias of, but " + e.getMessage(),
                    e);
        }
    }

    private static String plain(String target) {
        String small = target.toLowerCase(Locale.ROOT);
        return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
    }
}
