package aether.command.manifest;

import java.util.List;

/**
 * What a manifest led to.
 *
 * @param items one per document, in the order of the file
 * @param position a view that has seen this position shows all of it
 * @param streams of its objects, whether anything was changed or not
 */
public record Applied(List<Item> items, long position, List<String> streams) {
    public Applied {
        items = List.copyOf(items);
        streams = List.copyOf(streams);
    }

    /**
     * What one document led to.
     *
     * @param outcome {@code created}, {@code changed} or {@code unchanged}
     */
    public record Item(String kind, String name, String id, String outcome) {}
}
