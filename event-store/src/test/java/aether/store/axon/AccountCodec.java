package aether.store.axon;

import aether.format.EventCodec;
import aether.format.EventMetadata;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Knows the two events of {@link Account}, and counts what it decodes. */
final class AccountCodec implements EventCodec {

    final AtomicInteger decoded = new AtomicInteger();

    private final JsonMapper json = JsonMapper.builder().build();

    @Override
    public Encoded encode(Object event) {
        String type = switch (event) {
            case Account.Opened ignored -> "account.opened";
            case Account.Deposited ignored -> "account.deposited";
            default -> throw new IllegalArgumentException("Expected an event of an account, but got " + event);
        };
        return new Encoded(type, 1, json.writeValueAsBytes(event));
    }

    @Override
    public Object decode(String type, int revision, byte[] payload) {
        decoded.incrementAndGet();
        return switch (type) {
            case "account.opened" -> json.readValue(payload, Account.Opened.class);
            case "account.deposited" -> json.readValue(payload, Account.Deposited.class);
            default -> throw new IllegalArgumentException("Expected a type of an account, but got " + type);
        };
    }

    @Override
    public byte[] encodeMetadata(EventMetadata metadata) {
        return json.writeValueAsBytes(metadata);
    }

    @Override
    public EventMetadata decodeMetadata(byte[] metadata) {
        return json.readValue(metadata, EventMetadata.class);
    }
}
