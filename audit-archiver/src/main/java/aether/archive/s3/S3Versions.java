package aether.archive.s3;

import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * The versions in a bucket. Locked versions stay, but anyone with the writer's rights may put another version or a
 * delete marker before them; so nothing is ever read by its key alone.
 */
final class S3Versions {

    private final S3Connection connection;
    private final String bucket;

    S3Versions(S3Connection connection, String bucket) {
        this.connection = connection;
        this.bucket = bucket;
    }

    /** What is said about one version. */
    @FunctionalInterface
    interface Visitor {
        /** Takes a version; {@code marker} when it is a delete marker. */
        void visit(String key, String version, boolean marker);
    }

    /**
     * The versions of one key, the oldest first; empty when there is no such object.
     *
     * @throws TamperAlarm when a delete marker hides it
     */
    List<ObjectVersion> of(String key) throws IOException {
        // The key itself comes first among all keys that begin with it.
        List<ObjectVersion> found = new ArrayList<>();
        boolean[] marked = new boolean[1];
        pages(ListObjectVersionsRequest.builder().bucket(bucket).prefix(key).delimiter("/"), page -> {
            page.versions().stream()
                    .filter(version -> version.key().equals(key))
                    .forEach(found::add);
            marked[0] |= page.deleteMarkers().stream()
                    .anyMatch(marker -> marker.key().equals(key));
            return page.versions().stream().noneMatch(version -> !version.key().equals(key));
        });
        if (marked[0]) {
            throw new TamperAlarm("Expected " + key + " without a delete marker, but there is one over " + found.size()
                    + " versions.");
        }
        // Listed newest first; sorting is stable, so versions of the same second keep that order, turned around.
        return found.reversed().stream()
                .sorted(Comparator.comparing(ObjectVersion::lastModified))
                .toList();
    }

    /** The keys below a prefix that ends with a slash, only direct children. */
    SortedSet<String> children(String prefix) throws IOException {
        SortedSet<String> keys = new TreeSet<>();
        pages(ListObjectVersionsRequest.builder().bucket(bucket).prefix(prefix).delimiter("/"), page -> {
            page.versions().forEach(version -> keys.add(version.key()));
            page.deleteMarkers().forEach(marker -> keys.add(marker.key()));
            return true;
        });
        return keys;
    }

    /** Everything in the bucket, a page in memory at a time. */
    void forEach(Visitor visitor) throws IOException {
        pages(ListObjectVersionsRequest.builder().bucket(bucket), page -> {
            page.versions().forEach(version -> visitor.visit(version.key(), version.versionId(), false));
            page.deleteMarkers().forEach(marker -> visitor.visit(marker.key(), marker.versionId(), true));
            return true;
        });
    }

    @FunctionalInterface
    private interface Page {
        /** Takes a page and says whether the next one is wanted. */
        boolean take(ListObjectVersionsResponse page);
    }

    private void pages(ListObjectVersionsRequest.Builder request, Page taker) throws IOException {
        ListObjectVersionsResponse page;
        boolean more;
        do {
            page = connection.ask("list versions in " + bucket, s3 -> s3.listObjectVersions(request.build()));
            more = taker.take(page) && Boolean.TRUE.equals(page.isTruncated());
            request.keyMarker(page.nextKeyMarker()).versionIdMarker(page.nextVersionIdMarker());
        } while (more);
    }
}
