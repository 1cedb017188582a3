package aether.archive.s3;

import aether.archive.store.LiveStore;
import aether.archive.store.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The changeable objects in a bucket of their own, so that no default lock of the other one ever freezes them. */
public final class S3LiveStore implements LiveStore {

    private final S3Connection connection;
    private final String bucket;

    /** The store in the location's live bucket, which must exist. */
    public S3LiveStore(S3Connection connection, S3Location location) {
        this.connection = connection;
        this.bucket = location.liveBucket();
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        ObjectKey.require(key);
        connection.ask(
                "take " + key,
                s3 -> s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .cacheControl("no-cache")
                                .contentMD5(S3Bytes.contentMd5(bytes)),
                        RequestBody.fromBytes(bytes)));
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        ObjectKey.require(key);
        return connection.ask("hand out " + key, s3 -> {
            try {
                return Optional.of(
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                                .asByteArray());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        List<String> keys = new ArrayList<>();
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).delimiter("/");
        ListObjectsV2Response page;
        do {
            page = connection.ask("list " + prefix, s3 -> s3.listObjectsV2(request.build()));
            page.contents().stream().map(S3Object::key).forEach(keys::add);
            request.continuationToken(page.nextContinuationToken());
        } while (Boolean.TRUE.equals(page.isTruncated()));
        return keys;
    }

    @Override
    public void delete(String key) throws IOException {
        ObjectKey.require(key);
        connection.ask(
                "forget " + key,
                s3 -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }
}
