package aether.sandbox.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every effect ever done in the sandbox, in order and with its time. An effect travels in the same journal record as
 * the change it belongs to, so the ledger can neither miss nor invent one; deleting what was made does not shorten it.
 */
public final class Ledger implements Journal.Participant {
    static final String NAME = "ledger";
    private final List<ObjectNode> effects = new ArrayList<>();

    synchronized void add(ObjectNode effect) {
        effects.add(effect);
    }

    /** All effects whose field {@code effect} begins with the given word, oldest first. */
    public synchronized List<ObjectNode> effects(String prefix) {
        return effects.stream()
                .filter(effect -> Json.text(effect, "effect").startsWith(prefix))
                .toList();
    }

    @Override
    public void replay(ObjectNode row) {
        // The journal itself has already handed the effect to the ledger.
    }

    @Override
    public synchronized void snapshot(Consumer<ObjectNode> rows) {
        for (ObjectNode effect : effects) {
            ObjectNode row = Json.object();
            row.set("effect", effect);
            rows.accept(row);
        }
    }
}
