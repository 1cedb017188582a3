package aether.store.schema;

/**
 * The passwords that the log's three roles get.
 *
 * @param appender password of {@link LogSchema#APPENDER}
 * @param reader password of {@link LogSchema#READER}
 * @param saga password of {@link LogSchema#SAGA}
 */
public record RolePasswords(String appender, String reader, String saga) {

    public RolePasswords {
        if (appender.isEmpty() || reader.isEmpty() || saga.isEmpty()) {
            throw new IllegalArgumentException("Expected a password for each of the three roles, but one is empty");
        }
    }

    @Override
    public String toString() {
        return "RolePasswords[appender=[hidden], reader=[hidden], saga=[hidden]]";
    }
}
