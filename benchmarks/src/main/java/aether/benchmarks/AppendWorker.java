package aether.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** One writer process: appends on demand and reports how many appends were acknowledged. */
final class AppendWorker {

    private AppendWorker() {}

    static void run() throws IOException, InterruptedException, ExecutionException {
        BufferedReader input = OtherJvm.input();
        try (EngineUnderLoad engine = new EngineUnderLoad(OtherJvm.database(input))) {
            System.out.println("ready");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                String[] order = line.split(" ", -1);
                Load.Result result =
                        engine.run(Integer.parseInt(order[0]), Duration.ofMillis(Long.parseLong(order[1])));
                System.out.println(result.calls());
            }
        }
    }
}
