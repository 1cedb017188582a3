package aether.command.api;

import aether.command.request.Fields;

/** Enums as words of the API, in kebab case. */
final class Words {

    private Words() {}

    static String of(Enum<?> value) {
        return Fields.kebab(value);
    }
}
