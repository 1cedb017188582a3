package aether.reconcile.render;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where snapshots of tenants' etcds go, and what brings them there.
 *
 * @param schedule when one is taken
 * @param image of rclone, whole; it has to have {@code sh} for a restore
 * @param destination bucket, and perhaps a prefix behind it
 * @param remote what rclone has to know of the store, by option: {@code type}, {@code provider}, {@code endpoint} ...
 * @param credentialSecret a Secret in every tenant's namespace; its entries are rclone's environment
 * @param networks the store's addresses as CIDR blocks: the one way out
 * @param port the store's port
 */
public record SnapshotStore(
        Schedule schedule,
        String image,
        String destination,
        Map<String, String> remote,
        String credentialSecret,
        List<String> networks,
        int port) {

    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9._/-]*");
    private static final Pattern OPTION = Pattern.compile("[a-z0-9_]+");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    private static final int PORT_MAX = 65_535;

    public SnapshotStore {
        expect("an image that takes snapshots away", !image.isEmpty());
        expect("a bucket and perhaps a prefix", PLACE.matcher(destination).matches());
        expect("the type of the store among its options", remote.containsKey("type"));
        expect(
                "options of the store in small letters",
                remote.keySet().stream()
                        .allMatch(option -> OPTION.matcher(option).matches()));
        expect("the name of a Secret", NAME.matcher(credentialSecret).matches());
        expect("the networks of the store", !networks.isEmpty());
        expect("a port of the store from 1 to 65535", port > 0 && port <= PORT_MAX);
        remote = Map.copyOf(new TreeMap<>(remote));
        networks = List.copyOf(networks);
    }

    private static void expect(String what, boolean there) {
        if (!there) {
            throw new IllegalArgumentException(
                    "Expected " + what + " for the snapshots of etcd, but it is missing or of another form.");
        }
    }
}
