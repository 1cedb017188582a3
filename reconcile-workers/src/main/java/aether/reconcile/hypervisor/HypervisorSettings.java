package aether.reconcile.hypervisor;

import java.net.URI;

/**
 * Where the hypervisor is.
 *
 * @param url up to and including its own path, without a slash at the end
 * @param token a bearer token
 */
public record HypervisorSettings(URI url, String token) {

    @Override
    public String toString() {
        return "HypervisorSettings[url=" + url + ", token=[hidden]]";
    }
}
