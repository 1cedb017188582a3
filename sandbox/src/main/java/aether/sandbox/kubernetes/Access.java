package aether.sandbox.kubernetes;

/** What a verified identity may do at one API. */
public interface Access {
    /** Who it is, for messages. */
    String user();

    /** Whether it may. */
    boolean allows(String verb, String group, String plural, String namespace, String name);

    /** May do all, as a holder of the sandbox's token or a member of {@code system:masters}. */
    static Access everything(String user) {
        return new Access() {
            @Override
            public String user() {
                return user;
            }

            @Override
            public boolean allows(String verb, String group, String plural, String namespace, String name) {
                return true;
            }
        };
    }
}
