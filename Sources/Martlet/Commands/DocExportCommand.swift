import ArgumentParser
import Foundation
import Hub
import Storage

/// Writes a document's state to a file.
struct DocExportCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a document's state, as one update, to a file."
    )

    @OptionGroup var options: SettingsOptions

    @Option(help: "The update's format: v1 or v2.")
    var format = DocFormat.v1

    @Argument(help: "The document's name.")
    var name: String

    @Argument(help: "The file to make.")
    var file: String

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let topic = try Self.document(name)
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Failure(.cannotCreate, "There is something at \(file) already.")
        }
        let format = format
        let state = try await Self.withStore(settings) { store throws(Failure) in
            try await Self.stored { () async throws(JournalError) in
                try await DocumentWorkbench(store.journal).state(
                    of: topic,
                    isSecondFormat: format == .v2
                )
            }
        }
        guard let state else { throw Failure(.noInput, "There is no document \(name).") }
        guard FileManager.default.createFile(atPath: file, contents: Data(state)) else {
            throw Failure(.cannotCreate, "\(file) can't be made.")
        }
    }
}
