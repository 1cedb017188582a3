package aether.reconcile.desired;

/**
 * What the log says about one stream.
 *
 * @param state the fold of its events
 * @param sequence the last event's number within the stream; tells one moment of the stream from every other
 */
public record Known<S>(S state, long sequence) {}
