package aether.sandbox.kubernetes;

import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one Kubernetes API: the management cluster has one store, every tenant API has its own. Each call is
 * one step under one lock; what it changed is in the journal, and on disk before the call returns. Objects that come
 * out are shared and must not be modified; copy them first.
 */
public final class KubernetesStore implements Journal.Participant {
    private final ReentrantLock lock = new ReentrantLock();
    private final Journal journal;
    private final ObjectShelf shelf;
    private final ObjectWriter writer;

    /**
     * A store that keeps itself in the journal under this name.
     *
     * @param world the clock and the chance that stamp objects
     */
    public KubernetesStore(String name, Journal journal, World world) {
        this(name, journal, world, Admission.none());
    }

    /** The same, where kinds of somebody else's are looked at before they are stored. */
    public KubernetesStore(String name, Journal journal, World world, Admission admission) {
        this.journal = journal;
        this.shelf = new ObjectShelf(name, journal);
        this.writer = new ObjectWriter(shelf, world, admission);
    }

    /** The kinds this store knows, with those of its CustomResourceDefinitions. */
    public List<ResourceType> types() {
        return read(() -> CustomTypes.all(shelf).toList());
    }

    /** The kind that an address means. */
    public Optional<ResourceType> type(String group, String version, String plural) {
        return read(() ->
                Types.matching(CustomTypes.all(shelf), group, version, plural).findFirst());
    }

    /** The object of that name, if there is one. */
    public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        return read(() -> shelf.find(ObjectKey.of(type, namespace, name)));
    }

    /**
     * The objects of a type, by namespace and name, and the version they were read at.
     *
     * @param namespace empty for all
     */
    public Listing list(ResourceType type, String namespace, Selection selection) {
        return read(() -> new Listing(
                shelf.of(type.id(), namespace).filter(selection::includes).toList(), shelf.version()));
    }

    /** What a list found. */
    public record Listing(List<ObjectNode> items, long version) {}

    /** Makes a new object. */
    public ObjectNode create(ResourceType type, String namespace, ObjectNode object, WriteOptions options) {
        return write(() -> writer.create(type, namespace, object, options));
    }

    /** Replaces an object, or its status. */
    public ObjectNode update(
            ResourceType type, String namespace, String name, ObjectNode object, WriteOptions options) {
        return write(() -> writer.update(type, ObjectKey.of(type, namespace, name), object, options));
    }

    /** Changes an object, or its status; a server-side apply makes it where it is absent. */
    public ObjectNode patch(ResourceType type, String namespace, String name, Patch patch, WriteOptions options) {
        return write(() -> writer.patch(type, ObjectKey.of(type, namespace, name), patch, options));
    }

    /** Deletes an object, or marks it while finalizers hold it; returns its last state. */
    public ObjectNode delete(ResourceType type, String namespace, String name, Deletion deletion) {
        return write(() -> writer.delete(ObjectKey.of(type, namespace, name), deletion));
    }

    /** Deletes what the selection means. */
    public List<ObjectNode> deleteAll(ResourceType type, String namespace, Selection selection, Deletion deletion) {
        return write(() -> shelf.of(type.id(), namespace).filter(selection::includes).toList().stream()
                .map(object -> writer.delete(ObjectKey.of(type, object), deletion))
                .toList());
    }

    /**
     * Follows the changes of a type.
     *
     * @param from the version after which to begin; when absent, what is there now comes first as additions
     */
    public Watch watch(ResourceType type, String namespace, Selection selection, OptionalLong from) {
        return read(() -> shelf.watch(type.id(), namespace, selection, from));
    }

    /** Calls back for every change from now on, under the lock and in order: take a note and return. */
    public void subscribe(Consumer<Change> listener) {
        read(() -> shelf.subscribe(listener));
    }

    /** The newest resource version. */
    public long version() {
        return read(shelf::version);
    }

    /** Every object, for counting. */
    public List<ObjectNode> everything() {
        return read(() -> shelf.all().toList());
    }

    /** Drops every object and ends every watch, as when an etcd goes; used when a tenant's namespace is gone. */
    public void wipe() {
        write(() -> {
            Stream<ObjectKey> keys = shelf.keys();
            keys.toList().forEach(shelf::remove);
            shelf.closeWatches();
            return shelf.version();
        });
    }

    /** Ends every watch, as a stopping server does. */
    public void closeWatches() {
        read(() -> {
            shelf.closeWatches();
            return 0;
        });
    }

    /** Finishes what a crash has left half done: deletions, cascades, emptying namespaces. Called once after replay. */
    public void finishHalfDone() {
        write(() -> {
            writer.sweep();
            return 0;
        });
    }

    @Override
    public void replay(ObjectNode row) {
        shelf.replay(row);
    }

    @Override
    public void snapshot(Consumer<ObjectNode> rows) {
        read(() -> {
            shelf.snapshot(rows);
            return 0;
        });
    }

    private <T> T read(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private <T> T write(Supplier<T> step) {
        T result = read(step);
        journal.force(journal.lastTicket()); // also for a no-op: what it saw must be on disk before we say so
        return result;
    }

    /** A name for the object in messages. */
    static String describe(ObjectNode object) {
        return Json.text(object, "kind") + "/" + Json.text(object, "metadata", "name");
    }
}
