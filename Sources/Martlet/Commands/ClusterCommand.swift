import ArgumentParser

/// What one asks of a cluster.
struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Ask a node about its cluster.",
        subcommands: [ClusterStatusCommand.self]
    )
}
