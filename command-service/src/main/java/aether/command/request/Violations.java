package aether.command.request;

import java.util.ArrayList;
import java.util.List;

/** Gathers everything that is wrong with a request, so that a person sees it all at once. */
public final class Violations {

    /** More than this helps nobody, and an answer must stay small. */
    static final int MAX_DETAILS = 50;

    private static final int MALFORMED = 400;

    private static final int CONFLICT = 409;

    private static final int AGAINST_A_RULE = 422;

    private final List<Detail> details = new ArrayList<>();

    private boolean malformed;

    /** The request has not the form it should have. */
    public void malformed(String field, String code, String message) {
        malformed = true;
        add(new Detail(field, code, message));
    }

    /** The request has the right form, but breaks a rule. */
    public void broken(String field, String code, String message) {
        add(new Detail(field, code, message));
    }

    /** Whether nothing is wrong so far. */
    public boolean none() {
        return details.isEmpty();
    }

    /** Ends the request when anything is wrong. */
    public void refuseIfAny() {
        if (details.isEmpty()) {
            return;
        }
        Detail first = details.getFirst();
        String more = details.size() == 1 ? "" : " (and " + (details.size() - 1) + " more)";
        throw new RequestRefused(status(), code(first), first.field() + ": " + first.message() + more, details);
    }

    private int status() {
        if (malformed) {
            return MALFORMED;
        }
        return details.stream().allMatch(detail -> Rejections.status(detail.code()) == CONFLICT)
                ? CONFLICT
                : AGAINST_A_RULE;
    }

    private String code(Detail first) {
        return switch (status()) {
            case MALFORMED -> "malformed_request";
            case CONFLICT -> first.code();
            default -> "validation_failed";
        };
    }

    private void add(Detail detail) {
        if (details.size() < MAX_DETAILS) {
            details.add(detail);
        }
    }
}
