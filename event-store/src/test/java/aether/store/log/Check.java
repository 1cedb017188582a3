package aether.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import aether.store.schema.TestDatabase;
import java.sql.SQLException;

/** What is true of every log at any time. */
final class Check {

    private Check() {}

    static void invariants(TestDatabase database) throws SQLException {
        assertThat(database.number("select count(*) - coalesce(max(position) + 1, 0) from log.events"))
                .as("positions without a hole")
                .isZero();
        assertThat(database.number("select count(*) from (select stream from log.events group by stream"
                        + " having count(*) <> max(sequence) + 1) broken"))
                .as("streams that are not contiguous")
                .isZero();
        assertThat(
                        database.number(
                                "select count(*) from (select sequence <> lag(sequence, 1, -1::bigint)"
                                        + " over (partition by stream order by position) + 1 as broken from log.events) e where broken"))
                .as("events that lie before their predecessor")
                .isZero();
        assertThat(database.number("select count(*) from (select recorded_micros < lag(recorded_micros)"
                        + " over (order by position) as back from log.events) e where back"))
                .as("times that run backwards")
                .isZero();
    }
}
