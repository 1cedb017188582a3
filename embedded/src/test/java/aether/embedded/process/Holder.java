package aether.embedded.process;

import aether.embedded.kafka.KafkaProcess;
import aether.embedded.kafka.KafkaSettings;
import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that holds both parts until it is killed; prints their process numbers once they run. */
final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        PostgresSettings settings = PostgresSettings.in(directory.resolve("postgres"));
        boolean outlives = arguments.length > 1;
        LocalPostgres postgres = LocalPostgres.start(outlives ? settings.outlivingUs() : settings);
        KafkaProcess kafka = KafkaProcess.start(KafkaSettings.in(directory.resolve("kafka")));
        System.out.println(postgres.pid() + " " + kafka.pid());
        new CountDownLatch(1).await();
    }
}
