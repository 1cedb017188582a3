package aether.store.process;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.time.Duration;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSchema;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.RevisionResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * Axon's saga and token stores on the tables of schema {@code process}, used as role {@code aether_saga}.
 *
 * <p>The connection provider must take part in the processor's transaction (Spring's, or one around the unit of work),
 * so that a batch's sagas and its token are stored together or not at all.
 */
public final class ProcessStores {

    /** Table of deadlines and other scheduled tasks, for db-scheduler's {@code tableName}. */
    public static final String SCHEDULED_TASKS = "process.scheduled_tasks";

    private static final TokenSchema TOKENS = TokenSchema.builder()
            .setTokenTable("process.tokens")
            .setProcessorNameColumn("processor_name")
            .setSegmentColumn("segment")
            .setTokenColumn("token")
            .setTokenTypeColumn("token_type")
            .setTimestampColumn("stamp")
            .setOwnerColumn("owner")
            .build();

    private static final SagaSchema SAGAS = SagaSchema.builder()
            .sagaEntryTable("process.sagas")
            .sagaIdColumn("saga_id")
            .sagaTypeColumn("saga_type")
            .revisionColumn("revision")
            .serializedSagaColumn("body")
            .associationValueEntryTable("process.saga_associations")
            .associationKeyColumn("association_key")
            .associationValueColumn("association_value")
            .build();

    private ProcessStores() {}

    /** JSON for sagas and tokens. Fields are written as they are, whatever their visibility: a saga is its fields. */
    public static Serializer serializer() {
        RevisionResolver revisions = new AnnotationRevisionResolver();
        return Jackson3Serializer.builder()
                .revisionResolver(revisions)
                .jsonMapperBuilderCustomizer(json -> json.changeDefaultVisibility(visibility -> visibility
                        .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                        .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY)))
                .build();
    }

    /** The store of sagas and of the values that events find them by. */
    public static JdbcSagaStore sagas(ConnectionProvider connections, Serializer serializer) {
        return JdbcSagaStore.builder()
                .connectionProvider(connections)
                .sqlSchema(new PostgresSagaSqlSchema(SAGAS))
                .serializer(serializer)
                .build();
    }

    /**
     * The store of how far each processor is, and of who runs it.
     *
     * @param node this process, different from every other one and from its own former life
     * @param claimTimeout after which the segments of a dead process are taken over
     */
    public static JdbcTokenStore tokens(
            ConnectionProvider connections, Serializer serializer, String node, Duration claimTimeout) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .schema(TOKENS)
                .serializer(serializer)
                .nodeId(node)
                .claimTimeout(claimTimeout)
                .build();
    }
}
