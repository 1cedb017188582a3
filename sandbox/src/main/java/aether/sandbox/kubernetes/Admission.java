package aether.sandbox.kubernetes;

import tools.jackson.databind.node.ObjectNode;

/** What an API server does with an object of somebody else's kind before it stores it. */
public interface Admission {

    /** Takes away the fields that the installed schema does not know; nobody is told, as in the real one. */
    void prune(ResourceType type, ObjectNode object);

    /** Why the kind's webhook refuses the object; empty when it does not. */
    String problem(ResourceType type, ObjectNode object);

    /** Keeps and admits everything. */
    static Admission none() {
        return new Admission() {
            @Override
            public void prune(ResourceType type, ObjectNode object) {
                // keeps everything
            }

            @Override
            public String problem(ResourceType type, ObjectNode object) {
                return "";
            }
        };
    }
}
