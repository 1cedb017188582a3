package aether.reconcile.publicname;

import aether.domain.cluster.Fault;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.PublicName;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.Difference;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Decides what to do for a public name. */
public final class PublicNamePlanner {

    private PublicNamePlanner() {}

    /** What follows from what is wanted and what is there. */
    public static Plan<PublicNameStep> plan(DesiredPublicName desired, ObservedPublicName observed) {
        if (desired.wanted().isEmpty() || desired.site() == null) {
            return withoutName(desired, observed);
        }
        PublicName known = desired.known();
        if (!known.name().equals(desired.wanted()) || !known.delegation().equals(desired.delegation())) {
            return said(new PublicNameStep.ReportAsked(desired.wanted(), desired.delegation()));
        }
        if (!desired.delegation().isEmpty() && observed.issued() == null && !isDelegated(desired, observed)) {
            return failing(desired, Fault.CUSTOMER, missing(desired, observed));
        }
        List<PublicNameStep> steps = new ArrayList<>();
        for (Rendered rendered :
                List.of(PublicNameRendering.issuer(desired.site()), PublicNameRendering.certificate(desired))) {
            if (Difference.between(rendered, observed.objects().get(rendered.ref()))
                    .isPresent()) {
                steps.add(new PublicNameStep.Apply(rendered));
            }
        }
        return steps.isEmpty() ? told(desired, observed) : Plan.andLookAgain(steps, "the public name was asked for");
    }

    private static Plan<PublicNameStep> told(DesiredPublicName desired, ObservedPublicName observed) {
        if (!observed.trouble().isEmpty()) {
            return failing(desired, AcmeFault.of(observed.trouble(), desired.delegated()), observed.trouble());
        }
        if (!observed.issuerTrouble().isEmpty()) {
            return failing(desired, AcmeFault.of(observed.issuerTrouble(), false), observed.issuerTrouble());
        }
        IssuedCertificate issued = observed.issued();
        if (issued == null) {
            return Plan.done(); // a watch tells when it is; nobody waits for it
        }
        return issued.equals(desired.known().certificate()) && desired.known().fault() == null
                ? Plan.done()
                : said(new PublicNameStep.ReportIssued(desired.wanted(), issued));
    }

    private static Plan<PublicNameStep> withoutName(DesiredPublicName desired, ObservedPublicName observed) {
        List<PublicNameStep> steps = new ArrayList<>();
        // The Certificate first: it would make its Secret again.
        for (ResourceKind kind : List.of(ResourceKind.CERTIFICATE, ResourceKind.SECRET)) {
            ObjectRef ref = new ObjectRef(kind, TenantNames.namespace(desired.clusterId()), TenantNames.PUBLIC_NAME);
            JsonNode left = observed.objects().get(ref);
            if (left != null) {
                steps.add(
                        new PublicNameStep.Delete(ref, left.at("/metadata/uid").asString("")));
            }
        }
        if (!steps.isEmpty()) {
            return Plan.andLookAgain(steps, "the public name is going");
        }
        if (desired.known().isAsked()) {
            return said(new PublicNameStep.ReportAsked("", ""));
        }
        return switch (desired.refused()) {
            case NONE -> Plan.done();
            case NOT_HERE -> failing(desired, Fault.OURS, "this site gives no public names");
            case GIVEN_NOT_CHOSEN ->
                failing(desired, Fault.CUSTOMER, "names below the site's own domain are given, not chosen");
        };
    }

    private static boolean isDelegated(DesiredPublicName desired, ObservedPublicName observed) {
        return observed.alias().equals(desired.delegation());
    }

    private static String missing(DesiredPublicName desired, ObservedPublicName observed) {
        return "_acme-challenge." + desired.wanted() + " has to be a CNAME of " + desired.delegation() + ", but it is "
                + (observed.alias().isEmpty() ? "none" : "one of " + observed.alias());
    }

    private static Plan<PublicNameStep> failing(DesiredPublicName desired, Fault fault, String reason) {
        return desired.known().fault() == fault
                ? Plan.done()
                : said(new PublicNameStep.ReportFailed(desired.wanted(), fault, reason));
    }

    private static Plan<PublicNameStep> said(PublicNameStep step) {
        return Plan.of(List.of(step));
    }
}
