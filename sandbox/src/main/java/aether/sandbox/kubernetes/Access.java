package aether.sandbox.kubernetes;

/** What a verified identity may do at one API. */
public interface Access {
    /** Who it is, for messages. */
    String user();

    /**
     * Whether it may.
     *
     * @param resource the plural, and behind a slash the subresource, if one is meant
     */
    boolean allows(String verb, String group, String resource, String namespace, String name);

    /** May do all, as a holder of the sandbox's token or a member of {@code system:masters}. */
    static Access everything(String user) {
        return new Access() {
            @Override
            public String user() {
                return user;
            }

            @Override
            public boolean allows(String verb, String group, String resource, String namespace, String name) {
                return true;
            }
        };
    }
}
