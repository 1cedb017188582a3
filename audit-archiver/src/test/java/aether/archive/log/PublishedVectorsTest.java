package aether.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proofs that transparency-dev/merkle publishes, most of them wrong in one of many ways. */
class PublishedVectorsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest(name = "{0}")
    @MethodSource("inclusions")
    void inclusionIsProvenExactlyWhereItIs(String file, JsonNode vector) {
        boolean proven = holds(() -> new InclusionProof(
                        number(vector.path("leafIdx")), number(vector.path("treeSize")), hashes(vector.path("proof")))
                .proves(hash(vector.path("leafHash")), hash(vector.path("root"))));

        assertThat(proven).as(vector.path("desc").asString()).isNotEqualTo(refused(vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("consistencies")
    void consistencyIsProvenExactlyWhereItIs(String file, JsonNode vector) {
        boolean proven = holds(() -> new ConsistencyProof(
                        number(vector.path("size1")), number(vector.path("size2")), hashes(vector.path("proof")))
                .proves(hash(vector.path("root1")), hash(vector.path("root2"))));

        assertThat(proven).as(vector.path("desc").asString()).isNotEqualTo(refused(vector));
    }

    @Test
    void bothKindsOfVerdictAreAmongThem() {
        List<JsonNode> all = Stream.concat(vectors("inclusion.jsonl"), vectors("consistency.jsonl"))
                .toList();

        assertThat(all).hasSize(196);
        assertThat(all).filteredOn(PublishedVectorsTest::refused).hasSize(184);
    }

    static Stream<Arguments> inclusions() {
        return vectors("inclusion.jsonl").map(PublishedVectorsTest::arguments);
    }

    static Stream<Arguments> consistencies() {
        return vectors("consistency.jsonl").map(PublishedVectorsTest::arguments);
    }

    private static Arguments arguments(JsonNode vector) {
        return Arguments.of(vector.path("file").asString(), vector);
    }

    private static Stream<JsonNode> vectors(String name) {
        try (InputStream lines = Objects.requireNonNull(
                PublishedVectorsTest.class.getResourceAsStream("/transparency-dev-merkle/" + name))) {
            return new String(lines.readAllBytes(), UTF_8).lines().map(JSON::readTree).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException("Expected the vectors in " + name + ", but they cannot be read.", e);
        }
    }

    private static boolean refused(JsonNode vector) {
        return vector.path("wantErr").asBoolean();
    }

    private static List<Hash> hashes(JsonNode proof) {
        return StreamSupport.stream(proof.spliterator(), false)
                .map(PublishedVectorsTest::hash)
                .toList();
    }

    /** The vectors' numbers have 64 bits without a sign: the highest of them are negative here, and no index. */
    private static long number(JsonNode unsigned) {
        return unsigned.bigIntegerValue().longValue();
    }

    /** Where any root will do, the vectors have a word in its place: made as long as a hash, it stays that word. */
    private static Hash hash(JsonNode base64) {
        byte[] bytes = Base64.getDecoder().decode(base64.asString());
        boolean word = bytes.length > 0 && bytes.length < Hash.BYTES;
        return Hash.of(word ? Arrays.copyOf(bytes, Hash.BYTES) : bytes);
    }

    /** What is longer than a hash, or nothing, is refused before any proof is made of it. */
    private static boolean holds(BooleanSupplier proof) {
        try {
            return proof.getAsBoolean();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
