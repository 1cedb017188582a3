package aether.standalone.cli;

import picocli.CommandLine;

/** All commands of this package, below a root. */
public final class ClientCommands {

    private ClientCommands() {}

    /** Adds them; answers the root. */
    public static CommandLine addTo(CommandLine root, World world) {
        return root.addSubcommand(new ApplyCommand(world))
                .addSubcommand(new CommandLine(new GetCommand())
                        .addSubcommand(new GetOrganizationsCommand(world))
                        .addSubcommand(new GetClustersCommand(world))
                        .addSubcommand(new GetPoolsCommand(world))
                        .addSubcommand(new GetMachinesCommand(world)))
                .addSubcommand(new CommandLine(new DescribeCommand()).addSubcommand(new DescribeClusterCommand(world)))
                .addSubcommand(new CommandLine(new EventsCommand()).addSubcommand(new EventsClusterCommand(world)))
                .addSubcommand(new KubeconfigCommand(world))
                .addSubcommand(new CommandLine(new DeleteCommand()).addSubcommand(new DeleteClusterCommand(world)))
                .addSubcommand(new HandOverCommand(world))
                .addSubcommand(new PauseCommand(world))
                .addSubcommand(new ResumeCommand(world))
                .addSubcommand(new HibernateCommand(world))
                .addSubcommand(new WakeCommand(world))
                .addSubcommand(new MaintenanceCommand(world))
                .addSubcommand(new AuthorizeCommand(world))
                .addSubcommand(new RotateCaCommand(world))
                .addSubcommand(new RotateKeysCommand(world))
                .addSubcommand(new RollCommand(world))
                .addSubcommand(new UpgradeCommand(world))
                .addSubcommand(new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditVerifyCommand(world))
                        .addSubcommand(new AuditProveCommand())
                        .addSubcommand(new AuditProbeCommand(world))
                        .addSubcommand(new AuditReplayCommand())
                        .addSubcommand(new CommandLine(new AuditHistoryCommand())
                                .addSubcommand(new AuditHistoryClusterCommand()))
                        .addSubcommand(new AuditExportCommand(world))
                        .addSubcommand(new CommandLine(new AuditExportsCommand())
                                .addSubcommand(new AuditExportsOrderCommand(world))
                                .addSubcommand(new AuditExportsListCommand(world))
                                .addSubcommand(new AuditExportsDownloadCommand(world))
                                .addSubcommand(new AuditExportsDeleteCommand(world)))
                        .addSubcommand(new AuditWatchCommand())
                        .addSubcommand(new AuditWitnessCommand())
                        .addSubcommand(new AuditCosignCommand())
                        .addSubcommand(new AuditPruneCommand(world))
                        .addSubcommand(new AuditRotateKeyCommand(world))
                        .addSubcommand(new AuditNewEpochCommand(world))
                        .addSubcommand(new AuditHoldEntriesCommand())
                        .addSubcommand(new AuditCheckProofCommand())
                        .addSubcommand(new AuditForgetCommand(world))
                        .addSubcommand(new CommandLine(new AuditHoldCommand())
                                .addSubcommand(new AuditHoldPlaceCommand(world))
                                .addSubcommand(new AuditHoldLiftCommand(world)))
                        .addSubcommand(new AuditSubjectReportCommand(world)))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
