package aether.reconcile.kube;

import java.util.Optional;

/**
 * Where the management cluster is.
 *
 * @param url the API's address; empty to use the environment (kubeconfig file or service account), as kubectl does
 * @param token a bearer token for that address
 * @param authority the API's CA in PEM, if it is not one the JDK trusts
 */
public record KubeSettings(Optional<String> url, Optional<String> token, Optional<String> authority) {

    @Override
    public String toString() {
        return "KubeSettings[url=" + url.orElse("from the environment") + ", token=[hidden]]";
    }
}
