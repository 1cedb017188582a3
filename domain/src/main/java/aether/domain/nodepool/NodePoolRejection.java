package aether.domain.nodepool;

import aether.domain.kernel.Rejection;

/** Why a command to a node pool was refused. */
public sealed interface NodePoolRejection extends Rejection {

    /** There is no such pool. */
    record UnknownPool(NodePoolId poolId) implements NodePoolRejection {
        @Override
        public String code() {
            return "node_pool_unknown";
        }

        @Override
        public String message() {
            return "Expected an existing node pool, but there is none with id " + poolId + ".";
        }

        @Override
        public String field() {
            return "node_pool";
        }
    }

    /** The command does not fit where the pool is in its life. */
    record WrongStatus(String wanted, NodePoolStatus status) implements NodePoolRejection {
        @Override
        public String code() {
            return "wrong_status";
        }

        @Override
        public String message() {
            return "Expected a node pool that is " + wanted + ", but it is " + status.published() + ".";
        }

        @Override
        public String field() {
            return "status";
        }
    }

    /** The size is out of bounds. */
    record InvalidSize(String field, String message) implements NodePoolRejection {
        @Override
        public String code() {
            return "out_of_range";
        }
    }

    /** The pool wants another number of nodes than the report counts. */
    record WrongSize(int wanted, int reported) implements NodePoolRejection {
        @Override
        public String code() {
            return "wrong_size";
        }

        @Override
        public String message() {
            return "Expected " + wanted + " ready nodes, but the report counts " + reported + ".";
        }

        @Override
        public String field() {
            return "size";
        }
    }
}
