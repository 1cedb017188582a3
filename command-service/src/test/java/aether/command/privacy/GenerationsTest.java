package aether.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.command.access.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One generation of the master key follows another, whatever happens in between. */
class GenerationsTest {

    @TempDir
    private Path directory = Path.of("");

    private KeyWorld world = KeyWorld.NONE;

    @BeforeEach
    void start() throws SQLException {
        world = KeyWorld.create(directory);
    }

    @Test
    void whatWasWrappedBeforeOpensNoMore() {
        SubjectKey kept = world.keys().of(user("kept"));
        SubjectKey gone = world.keys().of(user("gone"));
        KeyRow copied = world.row(gone.subject()); // what a backup or the write-ahead log still holds
        MasterKey.Generation then = world.master().newest();
        assertThat(then.unwrap(copied.keyId(), copied.wrapped())).isEqualTo(gone.secret());

        world.personal().destruction().destroy(gone.subject());

        assertThat(world.master().inForce())
                .singleElement()
                .satisfies(now -> assertThat(now.number()).isEqualTo(then.number() + 1));
        assertThatThrownBy(() -> world.master().newest().unwrap(copied.keyId(), copied.wrapped()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(world.reopened().find(user("kept")).orElseThrow().secret()).isEqualTo(kept.secret());
        assertThat(world.reopened().find(user("gone"))).isEmpty();
    }

    @Test
    void aCrashAfterTheNewGenerationWasWrittenIsTakenUp() {
        SubjectKey kept = world.keys().of(user("kept"));
        SubjectKey gone = world.keys().of(user("gone"));
        world.master().begin(); // and then the process died: two in force, all rows under the first

        assertThat(world.reopened().find(user("kept")).orElseThrow().secret()).isEqualTo(kept.secret());
        world.personal().destruction().destroy(gone.subject());

        assertThat(world.master().inForce()).hasSize(1);
        assertThat(world.reopened().find(user("kept")).orElseThrow().secret()).isEqualTo(kept.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "after begin", "end", "after end"})
    void aCrashAtAWriteOfTheMasterKeyLosesNobodyAndIsTakenUp(String death) {
        SubjectKey kept = world.keys().of(user("kept"));
        SubjectKey gone = world.keys().of(user("gone"));
        int before = world.master().newest().number();

        assertThatThrownBy(() -> world.destruction(dyingAt(death)).destroy(gone.subject()))
                .hasMessage(death);
        assertThat(world.reopened().find(user("kept")).orElseThrow().secret()).isEqualTo(kept.secret());
        assertThat(world.reopened().find(user("gone"))).isEmpty();
        KeyDestruction.Destroyed left =
                world.personal().destruction().unrecorded().getFirst();
        world.personal().destruction().destroy(left.subject());

        assertThat(world.master().inForce())
                .singleElement()
                .satisfies(now -> assertThat(now.number()).isGreaterThan(before));
        assertThat(world.reopened().find(user("kept")).orElseThrow().secret()).isEqualTo(kept.secret());
    }

    private MasterKey dyingAt(String death) {
        MasterKey real = world.master();
        return new MasterKey() {
            @Override
            public List<Generation> inForce() {
                return real.inForce();
            }

            @Override
            public void refresh() {
                real.refresh();
            }

            @Override
            public void begin() {
                die("begin");
                real.begin();
                die("after begin");
            }

            @Override
            public void endOlder() {
                die("end");
                real.endOlder();
                die("after end");
            }

            private void die(String here) {
                if (here.equals(death)) {
                    throw new IllegalStateException(here);
                }
            }
        };
    }

    @Test
    void destroyingAgainChangesNothing() {
        SubjectKey gone = world.keys().of(user("gone"));
        KeyDestruction.Destroyed first = world.personal().destruction().destroy(gone.subject());
        int generation = world.master().newest().number();

        assertThat(world.personal().destruction().destroy(gone.subject())).isEqualTo(first);
        world.master().refresh();
        assertThat(world.master().newest().number()).isEqualTo(generation);
        assertThat(world.personal().destruction().unrecorded()).containsExactly(first);
        world.personal().destruction().recorded(first);
        assertThat(world.personal().destruction().unrecorded()).isEmpty();
    }

    @Test
    void anOldBackupOfTheStoreNamesNobodyAndStopsNothing() {
        SubjectKey gone = world.keys().of(user("gone"));
        KeyRow copied = world.row(gone.subject());
        world.personal().destruction().destroy(gone.subject());

        world.putBack(copied);

        assertThat(world.reopened().withPseudonym(gone.pseudonym())).isEmpty();
        assertThat(world.keys().find(user("gone"))).isEmpty();
        SubjectKey again = world.keys().of(user("gone"));
        assertThat(again.pseudonym()).isNotEqualTo(gone.pseudonym());
        world.personal().destruction().destroy(again.subject());
        assertThat(world.reopened().find(user("gone"))).isEmpty();
    }

    @Test
    void anOldBackupOfTheKeyFileIsRefused() throws IOException {
        SubjectKey gone = world.keys().of(user("gone"));
        world.keys().of(user("kept"));
        byte[] old = Files.readAllBytes(world.file());
        world.personal().destruction().destroy(gone.subject());
        byte[] current = Files.readAllBytes(world.file());

        Files.write(world.file(), old);

        assertThatThrownBy(() -> world.open()).hasMessageContaining("it is an older copy");
        Files.write(world.file(), current);
        assertThat(world.reopened().find(user("kept"))).isPresent();
    }

    @Test
    void keysAreMadeAndFoundInTwoProcessesWhileGenerationsFollowEachOther() throws Exception {
        try (PersonalKeys other = world.open();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int number = 0; number < 60; number++) {
                String name = "user-" + number;
                PersonalKeys process = number % 2 == 0 ? other : world.personal();
                boolean goes = number % 3 == 0;
                work.add(() -> {
                    SubjectKey key = process.keys().of(user(name));
                    if (goes) {
                        process.destruction().destroy(key.subject());
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        for (int number = 0; number < 60; number++) {
            assertThat(world.reopened().find(user("user-" + number)).isPresent())
                    .isEqualTo(number % 3 != 0);
        }
        assertThat(world.master().inForce()).hasSize(1);
    }

    private static Principal user(String name) {
        return new Principal(Principal.Kind.USER, "acme", name);
    }
}
