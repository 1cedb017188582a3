package aether.reconcile.hypervisor;

/** What a machine is told when it boots. */
public sealed interface MachineConfig {

    /**
     * A node of a tenant cluster.
     *
     * @param namespace where the tenant's control plane runs in the management cluster
     * @param authority the cluster CA in PEM
     * @param version of the kubelet, without a leading {@code v}
     * @param address of its cluster's subnet; empty when the hypervisor's network gives it one
     * @param talos the whole machine config in Talos' form
     * @param firewall what its network card lets through, as Proxmox VE has it
     */
    record Worker(String namespace, String authority, String version, String address, String talos, String firewall)
            implements MachineConfig {
        /** Hides the machine config, which holds a token. */
        @Override
        public String toString() {
            return "Worker[namespace=" + namespace + ", version=" + version + ", address=" + address
                    + ", talos=[hidden]]";
        }
    }

    /**
     * A load balancer in front of a tenant's API. Its guest takes it up again whenever it has changed.
     *
     * @param haproxy the whole configuration file of HAProxy
     * @param firewall what its network card lets through, as Proxmox VE has it
     */
    record LoadBalancer(String address, String haproxy, String firewall) implements MachineConfig {}
}
