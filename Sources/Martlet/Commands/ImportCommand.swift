import ArgumentParser
import Glibc
import Storage

/// Stores what an export holds and isn't there yet.
struct ImportCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store what an export holds and isn't there yet; the hub must not run.",
        discussion: "The same import may be run again: what is there already is passed over."
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The file to read; without one, standard input.")
    var file: String?

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let summary = try await Self.withStore(settings) { [file] store throws(Failure) in
            do throws(StorageError) {
                return try await Self.read(file, into: store)
            } catch {
                throw Failure(error)
            }
        }
        Terminal.say(
            "\(summary.stored) records of \(summary.topics) topics were stored,"
                + " \(summary.skipped) were there already."
        )
    }

    private static func read(
        _ file: String?,
        into store: Store
    ) async throws(StorageError) -> ImportSummary {
        var lines =
            if let file { try LineReader(path: file) } else { LineReader(descriptor: STDIN_FILENO) }
        return try await store.importRecords { () throws(StorageError) in try lines.next() }
    }
}
