package aether.archive.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.probe.WormVerdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Puts a canary under a lock of a day and tries everything that would take it away, with the archiver's own
 * credentials. Stores exist that take every lock header and keep none of them; only trying tells.
 */
public final class S3Probe {

    /** Canaries lie apart from the archive's objects; those whose lock has ended are taken away by the next probe. */
    static final String PREFIX = "probe/";

    private static final Duration LOCK = Duration.ofDays(1);

    private static final Duration LONGER = Duration.ofHours(1);

    private static final byte[] LOCKED = "locked".getBytes(UTF_8);

    private static final byte[] FORGED = "forged".getBytes(UTF_8);

    private final S3Connection connection;
    private final String bucket;
    private final String key;
    private final Instant until;
    private final List<WormVerdict.Attempt> attempts = new ArrayList<>();

    private S3Probe(S3Connection connection, S3Location location, Instant now) {
        this.connection = connection;
        this.bucket = location.bucket();
        this.key = PREFIX + now.toEpochMilli();
        this.until = now.plus(LOCK).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Tries it on the location's locked bucket.
     *
     * @throws IOException when there is no verdict, because the store does not answer or did not even keep the canary
     */
    public static WormVerdict of(S3Connection connection, S3Location location, Instant now) throws IOException {
        S3Probe probe = new S3Probe(connection, location, now);
        probe.clearOld(now);
        String version = probe.putCanary();
        probe.tryAll(version, now);
        return new WormVerdict(location.uri() + " at " + location.endpoint(), now, probe.attempts);
    }

    private String putCanary() throws IOException {
        String version = connection.ask(
                "keep a canary",
                s3 -> s3.putObject(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .contentMD5(S3Bytes.contentMd5(LOCKED))
                                        .objectLockMode(ObjectLockMode.COMPLIANCE)
                                        .objectLockRetainUntilDate(until),
                                RequestBody.fromBytes(LOCKED))
                        .versionId());
        if (version == null) {
            throw new IOException(
                    "Expected bucket " + bucket + " to keep versions, but it does not: it has no Object" + " Lock.");
        }
        return version;
    }

    private void tryAll(String version, Instant now) throws IOException {
        refused(
                "suspend versioning",
                s3 -> s3.putBucketVersioning(request -> request.bucket(bucket)
                        .versioningConfiguration(state -> state.status(BucketVersioningStatus.SUSPENDED))));
        refused(
                "shorten the lock",
                s3 -> s3.putObjectRetention(request -> request.bucket(bucket)
                        .key(key)
                        .versionId(version)
                        .retention(lock ->
                                lock.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(now.plusSeconds(60)))));
        refused(
                "shorten the lock with the right to bypass governance",
                s3 -> s3.putObjectRetention(request -> request.bucket(bucket)
                        .key(key)
                        .versionId(version)
                        .bypassGovernanceRetention(true)
                        .retention(lock ->
                                lock.mode(ObjectLockRetentionMode.GOVERNANCE).retainUntilDate(now.plusSeconds(60)))));
        refused(
                "lock into the past",
                s3 -> s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key + "-past")
                                .contentMD5(S3Bytes.contentMd5(LOCKED))
                                .objectLockMode(ObjectLockMode.COMPLIANCE)
                                .objectLockRetainUntilDate(now.minus(LOCK)),
                        RequestBody.fromBytes(LOCKED)));
        refused(
                "delete the locked version",
                s3 -> s3.deleteObject(request -> request.bucket(bucket).key(key).versionId(version)));
        refused(
                "delete it with the right to bypass governance",
                s3 -> s3.deleteObject(request ->
                        request.bucket(bucket).key(key).versionId(version).bypassGovernanceRetention(true)));
        refusedInBulk(version);
        taken(
                "make the lock longer",
                s3 -> s3.putObjectRetention(request -> request.bucket(bucket)
                        .key(key)
                        .versionId(version)
                        .retention(lock ->
                                lock.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until.plus(LONGER)))));
        overwritten(version);
        held();
    }

    private interface Try {
        Object make(S3Client client);
    }

    private void refused(String what, Try attempt) throws IOException {
        int answer = answer(what, attempt);
        boolean held = answer >= 400 && answer < 500;
        attempts.add(new WormVerdict.Attempt(what, held, held ? "refused, " + answer : "the store did it"));
    }

    private void taken(String what, Try attempt) throws IOException {
        int answer = answer(what, attempt);
        boolean held = answer < 300;
        attempts.add(new WormVerdict.Attempt(what, held, held ? "done" : "refused, " + answer));
    }

    /** The HTTP status; a server that fails has no verdict. */
    private int answer(String what, Try attempt) throws IOException {
        return connection.ask(what, s3 -> {
            try {
                Object ignored = attempt.make(s3);
                return 200;
            } catch (S3Exception e) {
                if (e.statusCode() >= 500) {
                    throw e;
                }
                return e.statusCode();
            }
        });
    }

    private void refusedInBulk(String version) throws IOException {
        ObjectIdentifier canary =
                ObjectIdentifier.builder().key(key).versionId(version).build();
        String what = "delete it among many";
        boolean held = connection.ask(what, s3 -> {
            try {
                return s3.deleteObjects(request -> request.bucket(bucket)
                                .delete(Delete.builder().objects(canary).build()))
                        .hasErrors();
            } catch (S3Exception e) {
                return e.statusCode() < 500;
            }
        });
        attempts.add(new WormVerdict.Attempt(what, held, held ? "refused" : "the store did it"));
    }

    private void overwritten(String version) throws IOException {
        String what = "overwrite it";
        String forged = connection.ask(
                what,
                s3 -> s3.putObject(
                                request -> request.bucket(bucket).key(key).contentMD5(S3Bytes.contentMd5(FORGED)),
                                RequestBody.fromBytes(FORGED))
                        .versionId());
        boolean held = intact(version);
        attempts.add(new WormVerdict.Attempt(
                what, held, held ? "the locked version is what it was" : "the locked version is not what it was"));
        forget(key, forged);
    }

    private boolean intact(String version) throws IOException {
        return connection.ask("hand out the canary", s3 -> {
            try {
                byte[] bytes = s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key).versionId(version))
                        .asByteArrayUnsafe();
                return Arrays.equals(bytes, LOCKED);
            } catch (S3Exception e) {
                if (e.statusCode() >= 500) {
                    throw e;
                }
                return false;
            }
        });
    }

    /** A hold is tried on an object without a date, or the date would be what holds. */
    private void held() throws IOException {
        String canary = key + "-held";
        String version = connection.ask(
                "keep a canary",
                s3 -> s3.putObject(
                                request -> request.bucket(bucket)
                                        .key(canary)
                                        .contentMD5(S3Bytes.contentMd5(LOCKED))
                                        .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
                                RequestBody.fromBytes(LOCKED))
                        .versionId());
        refused(
                "delete what is under a legal hold",
                s3 -> s3.deleteObject(
                        request -> request.bucket(bucket).key(canary).versionId(version)));
        connection.ask("lift the canary's hold", s3 -> {
            try {
                return s3.putObjectLegalHold(request -> request.bucket(bucket)
                        .key(canary)
                        .versionId(version)
                        .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.OFF)));
            } catch (S3Exception gone) {
                return gone; // a store that let it be deleted has nothing to lift it from
            }
        });
        forget(canary, version);
    }

    private void clearOld(Instant now) throws IOException {
        List<ObjectVersion> versions = connection.ask(
                "list canaries",
                s3 -> s3.listObjectVersions(request -> request.bucket(bucket).prefix(PREFIX))
                        .versions());
        for (ObjectVersion version : versions) {
            if (version.lastModified().plus(LOCK).plus(LONGER).isBefore(now)) {
                forget(version.key(), version.versionId());
            }
        }
    }

    /** What the store keeps for longer stays until a later probe. */
    private void forget(String name, String version) throws IOException {
        connection.ask("forget a canary", s3 -> {
            try {
                return s3.deleteObject(
                        request -> request.bucket(bucket).key(name).versionId(version));
            } catch (SdkException stays) {
                return stays;
            }
        });
    }
}
