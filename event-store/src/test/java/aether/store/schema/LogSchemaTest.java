package aether.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogSchemaTest {

    private static final String APPEND =
            "select log.append('{0}', '{t}', '{s-1}', '{0}', '{00000000-0000-0000-0000-000000000001}', '{t}', '{1}', '{1}',"
                    + " '{\"\\\\x00\"}', '{\"\\\\x00\"}', '{null}', false)";

    private static TestDatabase database;

    @BeforeAll
    static void migrate() throws SQLException {
        database = TestDatabase.create();
    }

    @Test
    void migratesTwiceWithoutChange() throws SQLException {
        LogSchema.migrate(database.owner(), TestDatabase.PASSWORDS);

        assertThat(database.number("select count(*) from log.schema_history where type = 'SQL'"))
                .isEqualTo(2);
    }

    @Test
    void migratesWhenSeveralProcessesStartTogether() throws Exception {
        TestDatabase fresh = TestDatabase.createEmpty();
        Callable<Void> migration = () -> {
            LogSchema.migrate(fresh.owner(), TestDatabase.PASSWORDS);
            return null;
        };

        try (ExecutorService starters = Executors.newFixedThreadPool(3)) {
            for (Future<Void> started : starters.invokeAll(List.of(migration, migration, migration))) {
                started.get();
            }
        }

        assertThat(fresh.number("select count(*) from log.schema_history where type = 'SQL'"))
                .isEqualTo(2);
    }

    @Test
    void onlyTheAppenderMayAppend() throws SQLException {
        refused(database.reader(), APPEND);
        refused(database.saga(), APPEND);
        database.execute(database.appender(), APPEND);

        assertThat(database.number("select count(*) from log.events")).isEqualTo(1);
    }

    @Test
    void nobodyWritesTheLogButThroughAppend() {
        for (DatabaseSettings role : List.of(database.appender(), database.reader(), database.saga())) {
            refused(role, "insert into log.events select * from log.events");
            refused(role, "update log.events set payload = ''");
            refused(role, "delete from log.events");
            refused(role, "truncate log.events");
            refused(role, "create table log.mine (x int)");
            refused(
                    role,
                    "create or replace function log.clock_micros() returns bigint language sql as 'select 1::bigint'");
        }
    }

    @Test
    void everyRoleReadsTheLog() throws SQLException {
        for (DatabaseSettings role : List.of(database.appender(), database.reader(), database.saga())) {
            database.execute(role, "select count(*) from log.events");
        }
    }

    @Test
    void onlyTheSagaRoleSeesTheProcessTables() throws SQLException {
        for (String table : List.of("tokens", "sagas", "saga_associations", "scheduled_tasks", "leases")) {
            refused(database.reader(), "select * from process." + table);
            refused(database.appender(), "select * from process." + table);
            database.execute(database.saga(), "select * from process." + table);
        }
        refused(database.saga(), "delete from process.leases");
    }

    @Test
    void refusesAnIsolationWhoseSnapshotIsOlderThanTheLock() {
        assertThatThrownBy(
                        () -> database.execute(database.appender(), "begin isolation level repeatable read; " + APPEND))
                .hasMessageContaining("Expected isolation read committed, but it is repeatable read");
    }

    @Test
    void compressesWithLz4WhereTheServerHasIt() throws SQLException {
        long can = database.number("select count(*) from pg_settings where name = 'default_toast_compression'"
                + " and 'lz4' = any (enumvals)");
        long does = database.number("select count(*) from pg_attribute where attrelid = 'log.events'::regclass"
                + " and attname in ('payload', 'metadata') and attcompression = 'l'");

        assertThat(does).isEqualTo(2 * can);
    }

    @Test
    void hidesPasswords() {
        assertThat(database.appender().toString()).contains("[hidden]").doesNotContain("append-secret");
        assertThat(TestDatabase.PASSWORDS.toString()).doesNotContain("secret");
        assertThat(LogSchema.roles()).containsExactly("aether_appender", "aether_reader", "aether_saga");
    }

    private static AbstractThrowableAssert<?, ?> refused(DatabaseSettings role, String sql) {
        return assertThatThrownBy(() -> database.execute(role, sql))
                .as("%s by %s", sql, role.user())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
