package aether.standalone.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which person a command is about; exactly one of the options is given. */
final class SubjectOptions {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ArgGroup(multiplicity = "1")
    private Named named = new Named();

    private static final class Named {

        @Option(
                names = "--user",
                paramLabel = "ORG/NAME",
                description = "Somebody with an organization's token, by its slug and the token's name.")
        private @Nullable String user;

        @Option(names = "--administrator", paramLabel = "NAME", description = "Somebody with a platform token.")
        private @Nullable String administrator;

        @Option(
                names = "--address",
                paramLabel = "ADDRESS",
                description = "The address of requests that came without a token.")
        private @Nullable String address;

        @Option(names = "--contact", paramLabel = "EMAIL", description = "An organization's billing contact.")
        private @Nullable String contact;
    }

    /** The beginning of a request about the person. */
    ObjectNode request() {
        ObjectNode body = JSON.createObjectNode();
        if (named.user != null) {
            int slash = named.user.indexOf('/');
            if (slash < 1 || slash == named.user.length() - 1) {
                throw CliFailure.usage("Expected --user as ORGANIZATION/NAME, but got %s.".formatted(named.user));
            }
            return body.put("kind", "user")
                    .put("organization", named.user.substring(0, slash))
                    .put("name", named.user.substring(slash + 1));
        }
        if (named.contact != null) {
            return body.put("kind", "contact").put("name", named.contact);
        }
        return named.administrator != null
                ? body.put("kind", "administrator").put("name", named.administrator)
                : body.put("kind", "address").put("name", named.address);
    }
}
