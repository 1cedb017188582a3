package aether.archive.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import aether.archive.read.TileCache;
import aether.archive.seal.ArchiveKeys;
import aether.archive.witness.KeyNews;
import aether.archive.witness.WitnessAnswer;
import aether.archive.witness.WitnessClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Witnesses over HTTP (C2SP tlog-witness). The proof is made from the archive's tiles, as any stranger could. */
final class HttpWitnesses implements Witnesses {

    private static final int FORBIDDEN = 403;

    private final ArchiveAccess archive;
    private final Map<WitnessAddress, WitnessClient> clients = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HttpWitnesses(ArchiveAccess archive) {
        this.archive = archive;
    }

    @Override
    public Future<WitnessReply> ask(WitnessAddress witness, long size) {
        return threads.submit(() -> {
            try (ArchiveAccess.Opened opened = archive.open()) {
                return exchange(opened.archive(), witness, size);
            }
        });
    }

    private WitnessReply exchange(ArchiveReader reader, WitnessAddress witness, long size)
            throws IOException, InterruptedException {
        String object = ArchiveKeys.checkpoint(size);
        byte[] sealed =
                reader.read(object).orElseThrow(() -> new IOException("Expected " + object + ", but it is missing."));
        SignedNote note = SignedNote.parse(new String(sealed, UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        KeyChain keys = ArchivedKeys.require(reader, null);
        SignedNote signed = note.only(keys.signer(note, checkpoint)
                .orElseThrow(() -> new IOException(keys.refusal(object, note, checkpoint)))
                .key()); // a witness knows no other line, and nobody carries it for nothing
        WitnessClient client =
                clients.computeIfAbsent(witness, address -> new WitnessClient(address.submission(), address.key()));
        WitnessClient.Consistency proofs = WitnessClient.Consistency.of(new ProofBuilder(new TileCache(reader), size));
        WitnessAnswer answer = client.ask(signed, size, proofs);
        if (answer instanceof WitnessAnswer.Refused refused
                && refused.status() == FORBIDDEN
                && !keys.statements().isEmpty()) { // perhaps it has not heard yet that the log's key has changed
            new KeyNews(witness.submission(), witness.key()).bring(reader);
            answer = client.ask(signed, size, proofs);
        }
        return switch (answer) {
            case WitnessAnswer.Cosigned cosigned -> {
                SignedNote both = signed.with(cosigned.line());
                yield new WitnessReply.Cosigned(
                        both, witness.key().cosigned(both).orElseThrow());
            }
            case WitnessAnswer.OtherSize other -> ahead(other.size(), checkpoint, witness, keys);
            case WitnessAnswer.Refused refused ->
                new WitnessReply.Refused(refused.sentence(), checkpoint.root(), refused.status(), refused.size());
        };
    }

    /** What it says is its word only; what it shows may be the log's own. */
    private WitnessReply ahead(long claimed, Checkpoint asked, WitnessAddress witness, KeyChain keys)
            throws InterruptedException {
        try {
            long shown = SeenByWitnesses.ask(http, witness, keys)
                    .map(seen -> seen.checkpoint().size())
                    .orElse(0L);
            return shown >= claimed
                    ? new WitnessReply.Ahead(shown, true, asked.root())
                    : new WitnessReply.Ahead(claimed, false, asked.root());
        } catch (IOException e) {
            return new WitnessReply.Ahead(claimed, false, asked.root());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow(); // what is still on its way is asked for again by the next process
        clients.values().forEach(WitnessClient::close);
        http.shutdownNow();
    }
}
