package aether.sandbox;

import aether.sandbox.http.Answer;
import aether.sandbox.http.Faults;
import aether.sandbox.http.LoopbackServer;
import aether.sandbox.http.Request;
import aether.sandbox.journal.DataDirectory;
import aether.sandbox.journal.Journal;
import aether.sandbox.kubernetes.Access;
import aether.sandbox.kubernetes.ApiDoor;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.World;
import java.io.IOException;
import java.net.URI;

/** PLACEHOLDER */
public final class Sandbox implements AutoCloseable {
    private final DataDirectory directory;
    private final Journal journal;
    private final Stores stores;
    private final String token;
    private final ApiDoor management;
    private final Faults kubernetesFaults;
    private LoopbackServer server;

    private Sandbox(SandboxSettings settings, DataDirectory directory, Journal journal) throws IOException {
        this.directory = directory;
        this.journal = journal;
        this.token = directory.token(settings.chance());
        this.stores = new Stores(journal, new World(settings.clock(), settings.chance()));
        journal.replay(stores::get);
        journal.compact(stores.all());
        Stores.seedManagement(stores.management());
        this.kubernetesFaults = new Faults(settings.clock());
        this.management = new ApiDoor(stores.management(), () -> "v1.34.0", kubernetesFaults);
        this.server = LoopbackServer.plain(settings.port(), (request, chain) -> handle(request));
    }

    public static Sandbox start(SandboxSettings settings) throws IOException {
        DataDirectory directory = DataDirectory.claim(settings.dataDirectory());
        return new Sandbox(settings, directory, Journal.open(directory.journal(), settings.clock()));
    }

    private Answer handle(Request request) {
        if (!request.bearer().equals(token)) {
            return ApiDoor.refuse(401, "Unauthorized", "Unauthorized");
        }
        return management.handle(request, Access.everything("admin"));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    public String token() {
        return token;
    }

    public KubernetesStore management() {
        return stores.management();
    }

    @Override
    public void close() throws IOException {
        stores.all().values().forEach(KubernetesStore::closeWatches);
        server.close();
        journal.close();
        directory.close();
    }
}
