import ArgumentParser
import Glibc

/// `martlet-load`: puts servers under load and counts.
@main
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet-load",
        abstract: "Puts a hub under load, counts exactly, and measures both sides.",
        discussion: """
            Every scenario ends with 1 when something was lost, repeated or out of order.
            """,
        subcommands: [
            FanOutCommand.self, ChatCommand.self, IdleCommand.self, DurableCommand.self,
            AvalancheCommand.self, JitterCommand.self, SlowCommand.self, CrashCommand.self,
            RestCommand.self, BuyCommand.self, CheckoutCommand.self, IngestCommand.self,
            QueryCommand.self, WatchCommand.self, BenchCommand.self, DocsEngineCommand.self,
            DocsCommand.self, CrowdCommand.self,
        ]
    )

    static func main() async {
        Children.endWithUs()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Children.killAll()
            exit(withError: error)
        }
    }
}
