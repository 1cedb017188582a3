package aether.store.axon;

import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.StoredEvent;
import java.io.ObjectStreamException;
import java.util.Map;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** A stored event as a message whose payload and metadata are decoded when somebody asks, and once. */
final class LazyMessage implements Message<Object> {

    private static final long serialVersionUID = 1L;

    private final transient StoredEvent event;

    private final transient EventCodec codec;

    // Benign race: two threads may decode the same bytes to equal values.
    private transient volatile @Nullable Object payload;

    private transient volatile @Nullable EventMetadata stored;

    private transient volatile @Nullable MetaData metaData;

    LazyMessage(StoredEvent event, EventCodec codec) {
        this.event = event;
        this.codec = codec;
    }

    EventMetadata stored() {
        EventMetadata current = stored;
        if (current == null) {
            current = codec.decodeMetadata(event.metadata());
            stored = current;
        }
        return current;
    }

    @Override
    public String getIdentifier() {
        return event.eventId().toString();
    }

    @Override
    public MetaData getMetaData() {
        MetaData current = metaData;
        if (current == null) {
            current = MetadataMapping.toAxon(stored());
            metaData = current;
        }
        return current;
    }

    @Override
    public Object getPayload() {
        Object current = payload;
        if (current == null) {
            current = codec.decode(event.type(), event.revision(), event.payload());
            payload = current;
        }
        return current;
    }

    @Override
    @SuppressWarnings("unchecked") // Class<?> of an Object is a Class<Object> to Axon
    public Class<Object> getPayloadType() {
        return (Class<Object>) getPayload().getClass();
    }

    @Override
    public Message<Object> withMetaData(Map<String, ?> other) {
        return new GenericMessage<>(getIdentifier(), getPayload(), other);
    }

    @Override
    public Message<Object> andMetaData(Map<String, ?> more) {
        return withMetaData(getMetaData().mergedWith(more));
    }

    /** Serialized, it is an ordinary message. */
    private Object writeReplace() throws ObjectStreamException {
        return new GenericMessage<>(getIdentifier(), getPayload(), getMetaData());
    }
}
