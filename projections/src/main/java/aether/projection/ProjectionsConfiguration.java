package aether.projection;

import aether.projection.access.Callers;
import aether.projection.clusters.ClusterQueries;
import aether.projection.database.ViewDatabase;
import aether.projection.http.QueryDoor;
import aether.projection.http.QueryErrors;
import aether.projection.http.StatusQueries;
import aether.projection.intake.EventIntake;
import aether.projection.intake.Intakes;
import aether.projection.live.StreamQueries;
import aether.projection.live.Streams;
import aether.projection.machines.MachineQueries;
import aether.projection.organizations.OrganizationQueries;
import aether.projection.pools.NodePoolQueries;
import aether.projection.position.IntakeMonitor;
import aether.projection.rebuild.Rebuild;
import aether.projection.rebuild.RebuildApi;
import aether.projection.rebuild.RebuildJob;
import aether.projection.timeline.TimelineQueries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every part of this room, wired by hand; whoever imports it provides {@link ProjectionsSettings}. */
@Configuration(proxyBeanMethods = false)
public class ProjectionsConfiguration {

    @Bean
    ViewDatabase viewDatabase(ProjectionsSettings settings) {
        return new ViewDatabase(settings.database());
    }

    @Bean
    IntakeMonitor intakeMonitor() {
        return new IntakeMonitor();
    }

    @Bean
    Intakes projectionIntakes(ProjectionsSettings settings) {
        return new Intakes(settings.kafka(), System::nanoTime);
    }

    @Bean(initMethod = "start")
    EventIntake projectionIntake(Intakes intakes, ViewDatabase database, IntakeMonitor monitor) {
        return intakes.into(database, database::migrate, monitor);
    }

    @Bean
    Callers queryCallers(ProjectionsSettings settings) {
        return new Callers(settings.tokenFile());
    }

    @Bean
    QueryDoor queryDoor(Callers callers, ViewDatabase database, IntakeMonitor monitor) {
        return new QueryDoor(callers, database, monitor, System::nanoTime);
    }

    @Bean(initMethod = "start")
    Streams projectionStreams(ViewDatabase database, IntakeMonitor monitor) {
        return new Streams(database, monitor, System::nanoTime);
    }

    @Bean
    ProjectionsShutdown projectionsShutdown(Streams streams, EventIntake intake) {
        return new ProjectionsShutdown(streams, intake);
    }

    @Bean
    Rebuild viewRebuild(ViewDatabase database, Intakes intakes) {
        return new Rebuild(database, intakes, System::nanoTime);
    }

    @Bean
    RebuildJob viewRebuildJob(Rebuild rebuild) {
        return new RebuildJob(rebuild);
    }

    @Bean
    OrganizationQueries organizationQueries(QueryDoor door) {
        return new OrganizationQueries(door);
    }

    @Bean
    ClusterQueries clusterQueries(QueryDoor door) {
        return new ClusterQueries(door);
    }

    @Bean
    NodePoolQueries nodePoolQueries(QueryDoor door) {
        return new NodePoolQueries(door);
    }

    @Bean
    MachineQueries machineQueries(QueryDoor door) {
        return new MachineQueries(door);
    }

    @Bean
    TimelineQueries timelineQueries(QueryDoor door) {
        return new TimelineQueries(door);
    }

    @Bean
    StreamQueries streamQueries(QueryDoor door, Streams streams) {
        return new StreamQueries(door, streams);
    }

    @Bean
    StatusQueries statusQueries(QueryDoor door, IntakeMonitor monitor) {
        return new StatusQueries(door, monitor);
    }

    @Bean
    RebuildApi rebuildApi(QueryDoor door, RebuildJob job) {
        return new RebuildApi(door, job);
    }

    @Bean
    QueryErrors queryErrors() {
        return new QueryErrors();
    }
}
