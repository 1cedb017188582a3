package aether.archive.s3;

import aether.archive.read.ArchiveReader;
import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * An archive in two buckets, as a stranger with the right to read sees it: of each locked object the oldest version,
 * and of what may change the newest. A second version with other bytes, or a delete marker, is an alarm.
 */
public final class S3Reader implements ArchiveReader {

    private final S3Connection connection;
    private final S3Location location;
    private final S3WormStore worm;
    private final S3LiveStore live;

    /** Reads through a connection, which stays the caller's. */
    public S3Reader(S3Connection connection, S3Location location) {
        this.connection = connection;
        this.location = location;
        this.worm = new S3WormStore(connection, location);
        this.live = new S3LiveStore(connection, location);
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        Optional<byte[]> locked = worm.get(key);
        return locked.isPresent() ? locked : live.get(key);
    }

    @Override
    public List<String> children(String prefix) throws IOException {
        TreeSet<String> keys = new TreeSet<>(worm.list(prefix));
        keys.addAll(live.list(prefix));
        return List.copyOf(keys);
    }

    @Override
    public void forEachKey(Consumer<String> visitor) throws IOException {
        String[] last = {""}; // versions of one key follow one another
        new S3Versions(connection, location.bucket()).forEach((key, version, marker) -> {
            // A probe's canaries lie beside the archive, because it is this bucket that was tried; they are no part of
            // it.
            if (!key.equals(last[0]) && !key.startsWith(S3Probe.PREFIX)) {
                last[0] = key;
                visitor.accept(key);
            }
        });
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder().bucket(location.liveBucket());
        ListObjectsV2Response page;
        do {
            page = connection.ask("list its objects", s3 -> s3.listObjectsV2(request.build()));
            page.contents().forEach(object -> visitor.accept(object.key()));
            request.continuationToken(page.nextContinuationToken());
        } while (Boolean.TRUE.equals(page.isTruncated()));
    }

    @Override
    public Optional<ObjectLock> lock(String key) throws IOException {
        return worm.lock(key);
    }

    /** A locked version can be written by nobody; the lock says so, not the permissions. */
    @Override
    public boolean isReadOnly(String key) throws IOException {
        return worm.lock(key).isPresent();
    }

    /** A lock is a part of its object here, and never alone. */
    @Override
    public long locksWithoutObject() {
        return 0;
    }
}
