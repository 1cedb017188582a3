package aether.domain.kernel;

/** Something that has happened; every event family of the domain is one of these. */
public interface DomainEvent {

    /** The stream the event belongs to: a prefix that names the kind, a hyphen, and the id. */
    String stream();
}
