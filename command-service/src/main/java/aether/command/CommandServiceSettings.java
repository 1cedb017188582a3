package aether.command;

import aether.command.door.DoorSettings;
import aether.command.exports.ArchiverLink;
import aether.command.gateway.GatewaySettings;
import aether.command.gateway.ManagementClusterSettings;
import aether.command.privacy.PrivacySettings;
import aether.command.region.RegionPlan;
import aether.command.strict.StrictSettings;
import aether.domain.kernel.DnsLabel;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.RolePasswords;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the command service has to be told; wrong values end the start with a sentence.
 *
 * @param installation names this installation of Aether in every event; a DNS label, never changed
 * @param instance names this process among those of the installation; a DNS label
 * @param tokenFile who may call, see {@link aether.command.access}
 * @param database the event log
 * @param kafka where events go
 * @param regions the regions to open
 * @param managementCluster where kubeconfigs lie
 * @param gateway whether custom resources of the management cluster are carried out
 * @param privacy how people's names are kept out of the log
 * @param archiver who makes exports of the trail
 * @param strict which actions answer with a proof only
 */
@ConfigurationProperties("aether.command")
public record CommandServiceSettings(
        @DefaultValue("local") String installation,
        @DefaultValue("command-1") String instance,
        Path tokenFile,
        Database database,
        Kafka kafka,
        @DefaultValue List<RegionPlan> regions,
        @DefaultValue ManagementClusterSettings managementCluster,
        @DefaultValue GatewaySettings gateway,
        @DefaultValue PrivacySettings privacy,
        @DefaultValue ArchiverLink archiver,
        @DefaultValue StrictSettings strict) {

    public CommandServiceSettings {
        required("aether.command.token-file", tokenFile);
        required("aether.command.database.url", database);
        required("aether.command.kafka.bootstrap-servers", kafka);
        if (!DnsLabel.isValid(installation)) {
            throw new IllegalArgumentException("aether.command.installation: " + DnsLabel.expected(installation));
        }
        if (!DnsLabel.isValid(instance)) {
            throw new IllegalArgumentException("aether.command.instance: " + DnsLabel.expected(instance));
        }
        if (gateway.enabled() && !managementCluster.isConfigured()) {
            throw new IllegalArgumentException("Expected the setting aether.command.management-cluster.kubeconfig or"
                    + " aether.command.management-cluster.url for the gateway, but both are missing.");
        }
        regions = List.copyOf(regions);
        Set<String> names = new HashSet<>();
        for (RegionPlan region : regions) {
            if (!names.add(region.name())) {
                throw new IllegalArgumentException("Expected each region once in aether.command.regions, but '"
                        + region.name() + "' is there twice.");
            }
        }
    }

    /** Where the master key of the subjects' keys lies: as it was set, else beside the token file. */
    public Path masterKeyFile() {
        Path set = privacy.masterKeyFile();
        return set == null ? tokenFile.toAbsolutePath().resolveSibling("subject-keys.kek") : set;
    }

    /** The names of the regions. */
    public List<String> regionNames() {
        return regions.stream().map(RegionPlan::name).toList();
    }

    /**
     * The event log's database and the roles that this service has in it (law 1).
     *
     * @param url a {@code jdbc:postgresql:} URL without user or password
     * @param appender the role that appends
     * @param saga the role that keeps tokens; the door's is one
     * @param readerPassword what the readers' role gets when the schema is migrated; needed with an owner only
     * @param owner the role that owns the schema; when given, the schema is migrated at start
     */
    public record Database(
            String url,
            Login appender,
            Login saga,
            @Nullable String readerPassword,
            @Nullable Login owner) {

        public Database {
            required("aether.command.database.url", url);
            required("aether.command.database.appender", appender);
            required("aether.command.database.saga", saga);
            if (owner != null && (readerPassword == null || readerPassword.isEmpty())) {
                throw new IllegalArgumentException(
                        "Expected aether.command.database.reader-password beside an owner, but it is missing.");
            }
        }

        DatabaseSettings as(Login login) {
            return new DatabaseSettings(url, login.user(), login.password());
        }

        /** How to migrate the schema at start; empty when somebody else does. */
        Optional<Migration> migration() {
            Login migrating = owner;
            String reading = readerPassword;
            return migrating == null || reading == null
                    ? Optional.empty()
                    : Optional.of(new Migration(
                            as(migrating), new RolePasswords(appender.password(), reading, saga.password())));
        }

        record Migration(DatabaseSettings owner, RolePasswords passwords) {}

        @Override
        public String toString() {
            return "Database[url=" + url + ", appender=" + appender + ", saga=" + saga + ", owner=" + owner + "]";
        }
    }

    /** A role and its password. */
    public record Login(String user, @DefaultValue("") String password) {
        public Login {
            required("a user for each role in aether.command.database", user);
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=[hidden]]";
        }
    }

    /**
     * Where events go.
     *
     * @param bootstrapServers the address
     * @param topic the topic of all events
     * @param wantedTopic the topic on which consumers state what they want next
     * @param partitions of the events' topic, when it has to be created
     * @param replicationFactor of the topics, when they have to be created; -1 for the broker's default
     */
    public record Kafka(
            String bootstrapServers,
            @DefaultValue(DoorSettings.TOPIC) String topic,
            @DefaultValue(DoorSettings.WANTED_TOPIC) String wantedTopic,
            @DefaultValue("6") int partitions,
            @DefaultValue("-1") short replicationFactor) {

        public Kafka {
            required("aether.command.kafka.bootstrap-servers", bootstrapServers);
        }

        DoorSettings door() {
            return new DoorSettings(bootstrapServers, topic, wantedTopic, partitions, replicationFactor);
        }
    }

    /** Binding leaves what nobody set at null, whatever the types say. */
    private static void required(String name, @Nullable Object value) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            throw new IllegalArgumentException("Expected the setting " + name + ", but it is missing.");
        }
    }
}
