import ArgumentParser

/// `martlet`: a table of contents of what the program can do.
@main
struct MartletCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet",
        abstract: "A real-time hub: chat rooms over WebSocket and HTTP, kept on disk.",
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(
                name: "The hub",
                subcommands: [
                    ServeCommand.self, ConfigCommand.self, TokenCommand.self, HealthCommand.self,
                    ClusterCommand.self, VersionCommand.self,
                ]
            ),
            CommandGroup(
                name: "Its data",
                subcommands: [
                    MigrateCommand.self, SeedCommand.self, BackupCommand.self, RestoreCommand.self,
                    ExportCommand.self, ImportCommand.self, VerifyCommand.self, DocCommand.self,
                ]
            ),
        ]
    )
}
