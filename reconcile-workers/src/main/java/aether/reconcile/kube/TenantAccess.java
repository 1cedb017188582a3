package aether.reconcile.kube;

/**
 * How to be the administrator of a tenant's own API.
 *
 * @param address host and port to dial
 * @param authority the cluster CA in PEM; the API's certificate must chain to it
 * @param certificate the administrator's, in PEM
 * @param key the administrator's, in PEM
 */
public record TenantAccess(String address, String authority, String certificate, String key) {

    @Override
    public String toString() {
        return "TenantAccess[address=" + address + ", key=[hidden]]";
    }
}
