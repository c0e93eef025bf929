import ArgumentParser

/// `martlet doc`: documents of a data directory that no hub holds.
struct DocCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doc",
        abstract: "Import, export, inspect and compact documents; the hub must not run.",
        discussion: "While a hub serves, /api/docs does the same.",
        subcommands: [
            DocImportCommand.self, DocExportCommand.self, DocInspectCommand.self,
            DocCompactCommand.self,
        ]
    )
}
