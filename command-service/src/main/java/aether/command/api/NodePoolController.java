package aether.command.api;

import aether.command.access.Identity;
import aether.command.channel.ChannelRule;
import aether.command.dispatch.CommandDispatcher;
import aether.command.manifest.PoolSize;
import aether.command.request.Detail;
import aether.command.request.Fields;
import aether.command.request.RequestRefused;
import aether.command.request.Violations;
import aether.command.streams.Streams;
import aether.command.strict.ActionClass;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineShape;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks for node pools, scales them, and ends them. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/clusters/{cluster}/node-pools")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class NodePoolController {

    private final CommandDispatcher dispatcher;

    private final Places places;

    private final Streams streams;

    private final StrictMode strict;

    NodePoolController(CommandDispatcher dispatcher, Places places, Streams streams, StrictMode strict) {
        this.dispatcher = dispatcher;
        this.places = places;
        this.streams = streams;
        this.strict = strict;
    }

    private record Wanted(String name, PoolSize size, MachineShape shape) {
        static Wanted read(Fields fields, Violations violations) {
            return new Wanted(fields.label("name"), PoolSize.read(fields, violations), PoolSize.readShape(fields));
        }
    }

    /** A change may repeat the shape, but not alter it. */
    private record Change(PoolSize size, OptionalInt vcpus, OptionalInt memoryGb, OptionalInt diskGb) {
        static Change read(Fields fields, Violations violations) {
            return new Change(
                    PoolSize.read(fields, violations),
                    fields.optionalWhole("vcpus"),
                    fields.optionalWhole("memory_gb"),
                    fields.optionalWhole("disk_gb"));
        }

        Optional<String> altered(MachineShape made) {
            if (vcpus.orElse(made.vcpus()) != made.vcpus()) {
                return Optional.of("vcpus");
            }
            if (memoryGb.orElse(made.memoryGb()) != made.memoryGb()) {
                return Optional.of("memory_gb");
            }
            return diskGb.orElse(made.diskGb()) != made.diskGb() ? Optional.of("disk_gb") : Optional.empty();
        }
    }

    @PostMapping
    ResponseEntity<Object> request(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            HttpServletRequest request) {
        Places.Cluster found = places.cluster(caller, organization, cluster);
        ChannelRule.require(found.state(), Channel.API);
        Wanted wanted = Body.read(request, Wanted::read);
        NodePoolId id = caller.idempotencyKey()
                .map(key -> new NodePoolId(NameBasedId.of("node-pool", found.id(), wanted.name(), "key", key)))
                .orElseGet(() -> Streams.nodePoolId(found.id(), wanted.name(), found.state()));
        var command = new ClusterCommand.RequestNodePool(
                found.id(),
                id,
                wanted.name(),
                wanted.size().min(),
                wanted.size().max(),
                wanted.shape());
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), wanted.size()::field);
        return Answers.created(
                "/api/v1/organizations/" + found.organization().id() + "/clusters/" + found.id() + "/node-pools/" + id,
                shown(id, streams.nodePool(id)),
                position);
    }

    @PutMapping("/{pool}")
    ResponseEntity<Object> scale(
            Caller caller,
            @PathVariable String organization,
            @PathVariable String cluster,
            @PathVariable String pool,
            HttpServletRequest request) {
        Places.NodePool found = places.nodePool(caller, organization, cluster, pool);
        ChannelRule.require(found.cluster().state(), Channel.API);
        Change change = Body.read(request, Change::read);
        NodePoolEvent.NodePoolRequested made = streams.nodePool(found.id()).request();
        Optional<String> altered = made == null ? Optional.empty() : change.altered(made.shape());
        if (altered.isPresent()) {
            throw RequestRefused.of(
                    422,
                    new Detail(
                            altered.get(),
                            "immutable",
                            "Expected the node size that the pool was made with, but got another; another size means"
                                    + " another pool."));
        }
        var command = new NodePoolCommand.ScaleNodePool(
                found.id(), change.size().min(), change.size().max());
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), change.size()::field);
        return Answers.answer(HttpStatus.OK, shown(found.id(), streams.nodePool(found.id())), position);
    }

    /** Replaces every node by a new one, one after the other. */
    @PostMapping("/{pool}/roll")
    ResponseEntity<Object> roll(
            Caller caller, @PathVariable String organization, @PathVariable String cluster, @PathVariable String pool) {
        Places.NodePool found = places.nodePool(caller, organization, cluster, pool);
        long position = Answers.accepted(
                dispatcher.dispatch(caller.envelope(new NodePoolCommand.RollNodePool(found.id()))), field -> field);
        return Answers.answer(HttpStatus.ACCEPTED, shown(found.id(), streams.nodePool(found.id())), position);
    }

    @DeleteMapping("/{pool}")
    ResponseEntity<Object> delete(
            Caller caller, @PathVariable String organization, @PathVariable String cluster, @PathVariable String pool) {
        Places.NodePool found = places.nodePool(caller, organization, cluster, pool);
        ChannelRule.require(found.cluster().state(), Channel.API);
        long position = Answers.accepted(
                dispatcher.dispatch(caller.envelope(new NodePoolCommand.DeleteNodePool(found.id()))), field -> field);
        return strict.settle(
                caller,
                ActionClass.DELETES,
                position,
                Answers.answer(HttpStatus.ACCEPTED, shown(found.id(), streams.nodePool(found.id())), position));
    }

    private static Map<String, Object> shown(NodePoolId id, NodePoolState state) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id.toString());
        NodePoolEvent.NodePoolRequested made = state.request();
        if (made != null) {
            body.put("cluster_id", made.clusterId().toString());
            body.put("name", made.name());
            body.put("vcpus", made.shape().vcpus());
            body.put("memory_gb", made.shape().memoryGb());
            body.put("disk_gb", made.shape().diskGb());
        }
        body.put("min_nodes", state.min());
        body.put("max_nodes", state.max());
        body.put("status", state.status().published());
        return body;
    }
}
