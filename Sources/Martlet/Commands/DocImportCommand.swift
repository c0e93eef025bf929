import ArgumentParser
import Foundation
import Hub
import Storage

/// Merges an update into a document, which may be a whole one.
struct DocImportCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Merge an update, which may be a whole document, into a document."
    )

    @OptionGroup var options: SettingsOptions

    @Option(help: "The update's format: v1 or v2.")
    var format = DocFormat.v1

    @Option(help: "The user whose edits they are.")
    var author = "import"

    @Argument(help: "The document's name.")
    var name: String

    @Argument(help: "The file to read.")
    var file: String

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let topic = try Self.document(name)
        guard Principal.isUser(author) else {
            throw Failure(.data, "\(author) can't be a user's id.")
        }
        guard let content = FileManager.default.contents(atPath: file) else {
            throw Failure(.noInput, "\(file) can't be read.")
        }
        let (format, author) = (format, author)
        let isNews = try await Self.withStore(settings) { store throws(Failure) in
            let at = Store.systemTime()
            let newest = try await Self.stored { () async throws(JournalError) in
                try await store.journal.newestRecordID()
            }
            let id = max(RecordIDs().next(at: at), RecordID((newest?.number ?? 0) + 1))
            return try await Self.stored { () async throws(JournalError) in
                try await DocumentWorkbench(store.journal).add(
                    Array(content),
                    isSecondFormat: format == .v2,
                    to: topic,
                    by: author,
                    id: id,
                    at: at
                )
            }
        }
        guard let isNews else {
            throw Failure(.data, "\(file) is no update of format \(format.rawValue).")
        }
        Terminal.say(isNews ? "\(name) has it now." : "\(name) had all of it already.")
    }
}
