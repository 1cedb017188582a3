package aether.domain.network;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.Rejection;

/** Why a command to a region's plan was refused. */
public sealed interface NetworkRejection extends Rejection {

    /** There is no such region. */
    record UnknownRegion(String region) implements NetworkRejection {
        @Override
        public String code() {
            return "region_unknown";
        }

        @Override
        public String message() {
            return "Expected a region that is open, but there is none named '" + region + "'.";
        }

        @Override
        public String field() {
            return "region";
        }
    }

    /** The plan cannot be kept: its parts overlap or are too small. */
    record InvalidPlan(String field, String message) implements NetworkRejection {
        @Override
        public String code() {
            return "invalid_plan";
        }
    }

    /** The region is open with another plan; a plan never changes under its clusters. */
    record PlanDiffers(String region) implements NetworkRejection {
        @Override
        public String code() {
            return "region_plan_differs";
        }

        @Override
        public String message() {
            return "Expected the plan that region '" + region + "' was opened with, but got another one.";
        }

        @Override
        public String field() {
            return "region";
        }
    }

    /** Everything of a kind is taken. */
    record Exhausted(String region, String what, long size) implements NetworkRejection {
        @Override
        public String code() {
            return "region_exhausted";
        }

        @Override
        public String message() {
            return "Expected a free " + what + " in region '" + region + "', but all " + size + " are taken.";
        }

        @Override
        public String field() {
            return "region";
        }
    }

    /** Every worker address of the cluster is taken. */
    record SubnetFull(ClusterId clusterId, Ipv4Block subnet, int size) implements NetworkRejection {
        @Override
        public String code() {
            return "worker_subnet_full";
        }

        @Override
        public String message() {
            return "Expected a free address in the cluster's worker subnet " + subnet + ", but all " + size
                    + " are taken.";
        }

        @Override
        public String field() {
            return "cluster";
        }
    }

    /** The cluster holds no network, so its load balancer has no address. */
    record NoNetwork(ClusterId clusterId) implements NetworkRejection {
        @Override
        public String code() {
            return "network_not_allocated";
        }

        @Override
        public String message() {
            return "Expected cluster " + clusterId + " to hold a network, but it holds none.";
        }

        @Override
        public String field() {
            return "cluster";
        }
    }
}
