import ArgumentParser
import Storage

/// Brings a data directory's tables up to date; serving does that too.
struct MigrateCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the data directory up to date, or make it; serving does that too."
    )

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Make the tables that follow from the log anew.")
    var rebuild = false

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        try await Self.withStore(settings) { [rebuild] store throws(Failure) in
            guard rebuild else { return }
            do throws(StorageError) {
                try await store.rebuildProjections()
            } catch {
                throw Failure(error)
            }
        }
        Terminal.say("\(settings.store.directory) is up to date.")
    }
}
