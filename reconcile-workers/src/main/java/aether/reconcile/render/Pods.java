package aether.reconcile.render;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The parts that all pods of ours share: what they may not do, what they mount, how they are asked for health. */
public final class Pods {

    /** Nobody's number in the images; the same for every component, so that mounted keys are readable to the group. */
    private static final long USER = 65_532;

    /** Read by user and group, by nobody else. */
    private static final int KEY_MODE = 0440;

    /** The annotation of a pod template that changes with the certificates it mounts, so that pods are replaced. */
    public static final String CERTIFICATES = "aetherplatform.cloud/certificates-hash";

    private Pods() {}

    /** Runs as nobody, in the default seccomp profile. */
    public static PodSecurityContext security() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    /** On different nodes where there are some. */
    public static TopologySpreadConstraint spread(String name) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Map.of(Labels.NAME, name))
                .endLabelSelector()
                .build();
    }

    /** A container that may write nowhere but into its volumes. */
    public static Container container(
            String name,
            String image,
            List<String> command,
            Probe probe,
            Map<String, Quantity> requests,
            List<VolumeMount> mounts) {
        return new ContainerBuilder(task(name, image, command, requests, mounts))
                .withReadinessProbe(probe)
                .build();
    }

    /** The same for one that comes to an end. */
    public static Container task(
            String name, String image, List<String> command, Map<String, Quantity> requests, List<VolumeMount> mounts) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withCommand(command)
                .withVolumeMounts(mounts)
                .withNewResources()
                .withRequests(requests)
                .endResources()
                .withSecurityContext(new SecurityContextBuilder()
                        .withAllowPrivilegeEscalation(false)
                        .withReadOnlyRootFilesystem(true)
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .endCapabilities()
                        .build())
                .build();
    }

    /** What a container asks for. */
    public static Map<String, Quantity> requests(String cpu, String memory) {
        return Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory));
    }

    /** Asks a path over TLS. */
    public static Probe httpsProbe(String path, int port) {
        return probe("HTTPS", path, port);
    }

    /** Asks for a path without TLS; for what no network reaches but the node's own. */
    public static Probe httpProbe(String path, int port) {
        return probe("HTTP", path, port);
    }

    private static Probe probe(String scheme, String path, int port) {
        return new ProbeBuilder()
                .withHttpGet(new HTTPGetActionBuilder()
                        .withPath(path)
                        .withPort(new IntOrString(port))
                        .withScheme(scheme)
                        .build())
                .withPeriodSeconds(5)
                .withFailureThreshold(3)
                .build();
    }

    /** Asks whether a port is open. */
    public static Probe tcpProbe(int port) {
        return new ProbeBuilder()
                .withNewTcpSocket()
                .withPort(new IntOrString(port))
                .endTcpSocket()
                .withPeriodSeconds(5)
                .withFailureThreshold(3)
                .build();
    }

    /** A volume with these entries of a Secret and no others: an API server that has no key cannot lose it. */
    public static Volume secret(String secret, String... entries) {
        List<KeyToPath> items = Arrays.stream(entries)
                .map(entry ->
                        new KeyToPathBuilder().withKey(entry).withPath(entry).build())
                .toList();
        return new VolumeBuilder()
                .withName(secret)
                .withSecret(new SecretVolumeSourceBuilder()
                        .withSecretName(secret)
                        .withItems(items)
                        .withDefaultMode(KEY_MODE)
                        .build())
                .build();
    }

    /** A volume with a ConfigMap. */
    public static Volume configMap(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withConfigMap(new ConfigMapVolumeSourceBuilder().withName(name).build())
                .build();
    }

    /** A volume that is empty at start. */
    public static Volume scratch(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withEmptyDir(new EmptyDirVolumeSource())
                .build();
    }

    /** A volume that is empty at start and holds no more than that. */
    public static Volume scratch(String name, Quantity limit) {
        EmptyDirVolumeSource source = new EmptyDirVolumeSource();
        source.setSizeLimit(limit);
        return new VolumeBuilder().withName(name).withEmptyDir(source).build();
    }

    /** Mounts a volume for reading under {@code /pki/<name>}. */
    public static VolumeMount pki(String name) {
        return readOnly(name, "/pki/" + name);
    }

    /** Mounts a volume for reading. */
    public static VolumeMount readOnly(String name, String path) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    /** Mounts a volume for writing. */
    public static VolumeMount writable(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }
}
