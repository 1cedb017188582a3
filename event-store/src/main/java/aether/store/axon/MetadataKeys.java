package aether.store.axon;

/**
 * Under which keys an Axon message's metadata carries what the audit trail wants to know. Put them on the command
 * message; Axon's correlation providers copy them to its events. Ids may be UUIDs or their text.
 */
public final class MetadataKeys {

    /** What kind of principal acted. Required on every event. */
    public static final String ACTOR_TYPE = "actorType";

    /** The principal's name. Required on every event. */
    public static final String ACTOR = "actor";

    /** The organization the event concerns. */
    public static final String ORGANIZATION = "organization";

    /** The tenant that keys the event on Kafka. */
    public static final String TENANT = "tenant";

    /** The request that carried the command. */
    public static final String REQUEST_ID = "requestId";

    /** The address the request came from. */
    public static final String SOURCE_ADDRESS = "sourceAddress";

    /** The id of the command, by which the log drops repeats. */
    public static final String COMMAND_ID = "commandId";

    /** The id of the event that caused the command. */
    public static final String CAUSATION_ID = "causationId";

    /** The id shared by everything that one request set in motion. */
    public static final String CORRELATION_ID = "correlationId";

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /** The stream that the command is taken to begin, so that the store need not look; not kept with the event. */
    public static final String BEGINS = "begins";

    private MetadataKeys() {}
}
