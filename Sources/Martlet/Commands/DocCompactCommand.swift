import ArgumentParser
import Hub
import Storage

/// Replaces documents' records by snapshots, and gives the room back to the disk.
struct DocCompactCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Replace the records of one document or all by snapshots, and shrink the file."
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The document's name; without one, all.")
    var name: String?

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let count = try await Self.withStore(settings) { [name] store throws(Failure) in
            var count = 0
            for topic in try await Self.documents(name, in: store) {
                count += try await Self.stored { () async throws(JournalError) in
                    try await DocumentWorkbench(store.journal, store.documents).compact(topic)
                }
            }
            try await Self.stored { () async throws(JournalError) in
                try await store.documents.shrink()
            }
            return count
        }
        Terminal.say("\(count) records were replaced by snapshots.")
    }
}
