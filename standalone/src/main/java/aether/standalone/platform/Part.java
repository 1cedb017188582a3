package aether.standalone.platform;

/**
 * One part of the running platform, as the adapter that started describes itself.
 *
 * @param name what it is for
 * @param real whether it is the thing itself or a simulation
 * @param description what runs and where
 */
public record Part(String name, boolean real, String description) {}
