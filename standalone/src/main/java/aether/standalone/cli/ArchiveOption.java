package aether.standalone.cli;

import aether.archive.ArchivePlace;
import picocli.CommandLine.Option;

/** Which archive a command looks at. */
final class ArchiveOption {

    @Option(
            names = "--archive",
            paramLabel = "PLACE",
            required = true,
            description = {
                "The archive's directory, or s3://BUCKET. Server and credentials of a bucket are taken from",
                "AETHER_ARCHIVE_S3_ENDPOINT, _S3_REGION, _S3_ACCESS_KEY and _S3_SECRET_KEY_FILE."
            })
    private String place = "";

    /** Where it is; says which variable is missing or wrong. */
    ArchivePlace place() {
        return ArchivePlace.named(place, System.getenv());
    }

    @Override
    public String toString() {
        return place;
    }
}
