package aether.command.gateway;

/** Names one custom resource. */
record ResourceKey(ResourceType type, String namespace, String name) {
    @Override
    public String toString() {
        return type.kind() + " " + namespace + "/" + name;
    }
}
