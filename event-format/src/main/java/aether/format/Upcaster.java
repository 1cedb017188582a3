package aether.format;

import tools.jackson.databind.node.ObjectNode;

/** Turns one revision of one event into the next; a file of its own each, and never changed again. */
public interface Upcaster {

    /** The event's name without revision. */
    String type();

    /** The revision it reads; what it answers is the one after. */
    int from();

    /** The payload in the next revision; may change and answer the node it was given. */
    ObjectNode upcast(ObjectNode payload);
}
