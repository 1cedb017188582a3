package aether.command.gateway;

/** cert-manager was asked for a certificate and will not have it signed. */
public final class SigningRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SigningRefused(String message) {
        super(message);
    }
}
