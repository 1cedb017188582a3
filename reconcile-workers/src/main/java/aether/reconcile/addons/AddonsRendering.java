package aether.reconcile.addons;

import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders what every tenant's API holds; pure. */
public final class AddonsRendering {

    private final RenderingOptions options;

    /** Renders for a site. */
    public AddonsRendering(RenderingOptions options) {
        this.options = options;
    }

    /** The objects, in the order in which they build upon one another. */
    public List<Rendered> of(DesiredAddons desired, BootstrapToken token) {
        List<Rendered> objects = new ArrayList<>();
        objects.addAll(JoiningRendering.of(desired, token));
        objects.addAll(DnsRendering.of(desired, options));
        objects.addAll(CiliumRendering.of(desired, options));
        objects.addAll(KonnectivityAgentRendering.of(desired, options));
        return List.copyOf(objects);
    }

    /** Why the site does not take these objects. */
    Optional<String> refusal(List<Rendered> objects) {
        return options.images().refusal(objects);
    }
}
