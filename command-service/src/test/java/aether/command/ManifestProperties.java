package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever is thrown at the gateway: never our fault, never half done, and always with the field that is wrong. */
class ManifestProperties {

    private static final List<String> PARTS = List.of(
            "apiVersion: aetherplatform.cloud/v1alpha1",
            "kind: NodePool",
            "node_count: 2",
            "\"1.33\"",
            "vcpus: 2",
            "metadata:",
            "spec:",
            "name: demo",
            "organization:",
            "region: local",
            "disk_gb: 20}",
            "---",
            "Some Company",
            "\n");

    private final RunningService service = RunningService.shared();

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void randomManifestsGetAnAnswerAndAppendNothingUnlessAccepted(@ForAll("manifests") String manifest) {
        check(manifest, body -> service.yaml("admin", body));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void randomBytesGetAnAnswerAndAppendNothing(@ForAll String body) {
        check(body, any -> service.json("POST", "/api/v1/manifests", "admin", any));
        check(body, any -> service.yaml("admin", any));
    }

    private void check(String manifest, Function<String, RunningService.Answer> apply) {
        long before = service.head();
        RunningService.Answer answer = apply.apply(manifest);
        assertThat(answer.status()).as("%s%n%s", manifest, answer.body()).isIn(200, 400, 409, 413, 422);
        if (answer.status() != 200) {
            assertThat(answer.field()).as("%s%n%s", manifest, answer.body()).isNotBlank();
            assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
            // The shared service may sum up, a minute later, what it refused to other tests.
            assertThat(service.eventsFrom(before + 1))
                    .as(manifest)
                    .allMatch(event -> event.stream().startsWith("audit-"));
        }
    }

    @Provide
    Arbitrary<String> manifests() {
        Arbitrary<String> noise = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "~",
                        "-1",
                        "1e9",
                        "true",
                        "'",
                        "\"",
                        "{",
                        "]",
                        ": :",
                        "&x",
                        "*x",
                        "!!str",
                        "!!binary aGk=",
                        "\t",
                        "kind: Kind",
                        "? a",
                        "- b",
                        "|",
                        ">",
                        "99999999999999999999",
                        ".inf",
                        "spec: {spec: {spec: {}}}",
                        "x".repeat(2_000),
                        "é\u0000",
                        "%YAML 1.1",
                        "<<: {a: b}"),
                Arbitraries.strings().ascii().ofMaxLength(20),
                Arbitraries.strings().ofMaxLength(8));
        Arbitrary<Edit> edit = Combinators.combine(Arbitraries.of(PARTS), noise, Arbitraries.of(true, false))
                .as(Edit::new);
        return edit.list().ofMinSize(1).ofMaxSize(4).map(edits -> {
            String manifest = ManifestTest.tenant(RunningService.slug("any"), "1.33", 2);
            for (Edit one : edits) {
                manifest = one.of(manifest);
            }
            return manifest;
        });
    }

    /** Puts noise in the place of a part, or behind it. */
    record Edit(String part, String noise, boolean instead) {
        String of(String manifest) {
            return manifest.replace(part, instead ? noise : part + noise);
        }
    }
}
