package aether.sandbox;

import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** {@link Calls} for the tests of the other packages. */
public final class CallsFixture {
    private final Calls calls;

    public CallsFixture(Sandbox sandbox) {
        this.calls = new Calls(sandbox.url(), sandbox.token());
    }

    public int send(String method, String path, String body) {
        return calls.send(method, path, body).status();
    }

    public ObjectNode get(String path) {
        return calls.get(path).body();
    }

    public void await(String what, BooleanSupplier condition) {
        Calls.await(what, condition);
    }
}
