package aether.format;

import java.util.stream.Stream;

/** Walks a sealed family down to its records. */
final class SealedFamilies {

    private SealedFamilies() {}

    static Stream<Class<?>> records(Class<?> family) {
        return family.isSealed()
                ? Stream.of(family.getPermittedSubclasses())
                        .flatMap(SealedFamilies::records)
                        .distinct()
                : Stream.of(family);
    }
}
