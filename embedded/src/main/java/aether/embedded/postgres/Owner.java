package aether.embedded.postgres;

/** The superuser of a local server. */
public record Owner(String user, String password) {

    @Override
    public String toString() {
        return "Owner[user=%s, password=[hidden]]".formatted(user);
    }
}
