package aether.command.privacy;

import aether.command.access.Principal;
import aether.domain.kernel.Personal;
import aether.domain.organization.OrganizationEvent;
import aether.store.axon.MetadataKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MetaData;

/**
 * Takes the names out of events on their way into the log, before anything is encoded or hashed. What it has not passed
 * cannot be stored: an event of a person has no actor until the pseudonym stands there.
 */
public final class PersonalSeam implements MessageDispatchInterceptor<EventMessage<?>> {

    /** Carries who acts, on a command and its events, as far as this seam. */
    public static final String PRINCIPAL = "principal";

    /** Carries the plain address that a person's request came from, as far as this seam. */
    public static final String PLAIN_SOURCE_ADDRESS = "plainSourceAddress";

    /** Where the address stands in the CloudEvent. */
    static final String SOURCE_ADDRESS_POINTER = "/sourceaddress";

    /** Where the address of a contact stands in the CloudEvent. */
    public static final String EMAIL_POINTER = "/data/email";

    private static final Set<String> TAKEN_OUT = Set.of(PRINCIPAL, PLAIN_SOURCE_ADDRESS);

    private final SubjectKeys keys;

    private final IntFunction<byte[]> random;

    /**
     * A seam.
     *
     * @param random so many random bytes, fit for keys
     */
    public PersonalSeam(SubjectKeys keys, IntFunction<byte[]> random) {
        this.keys = keys;
        this.random = random;
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        return (index, message) -> sealed(pass(message));
    }

    /** Seals what the event itself says about a person; the codec refuses whatever is forgotten here. */
    private EventMessage<?> sealed(EventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> event)
                || !(message.getPayload() instanceof OrganizationEvent.BillingContactSet set)
                || !(set.email() instanceof Personal.Plain email)) {
            return message;
        }
        SealedField field = seal(keys.of(Principal.contact(email.text())), message, EMAIL_POINTER, email.text());
        return new GenericDomainEventMessage<>(
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                new OrganizationEvent.BillingContactSet(set.organizationId(), field.personal()),
                event.getMetaData(),
                event.getIdentifier(),
                event.getTimestamp());
    }

    private SealedField seal(SubjectKey key, EventMessage<?> message, String pointer, String plain) {
        return SealedField.seal(
                key, random.apply(AesGcm.IV_BYTES), UUID.fromString(message.getIdentifier()), pointer, plain);
    }

    private EventMessage<?> pass(EventMessage<?> message) {
        MetaData metadata = message.getMetaData();
        if (!(metadata.get(PRINCIPAL) instanceof Principal principal)) {
            return message;
        }
        SubjectKey key = keys.of(principal);
        Map<String, Object> kept = new HashMap<>(metadata);
        kept.keySet().removeAll(TAKEN_OUT);
        kept.put(MetadataKeys.ACTOR, key.pseudonym());
        Object address = metadata.get(PLAIN_SOURCE_ADDRESS);
        if (address != null) {
            kept.put(
                    MetadataKeys.SOURCE_ADDRESS,
                    seal(key, message, SOURCE_ADDRESS_POINTER, address.toString())
                            .text());
        }
        return message.withMetaData(kept);
    }
}
