import ArgumentParser
import Foundation
import Storage

/// Writes all records as lines of JSON.
struct ExportCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all records as lines of JSON, also while the hub serves."
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The file to make; without one, standard output.")
    var file: String?

    func perform() async throws(Failure) {
        let directory = try options.read().settings.store.directory
        let output = try Self.output(file)
        try Self.storing { () throws(StorageError) in
            try Inspection.open(directory: directory).export { bytes throws(StorageError) in
                do {
                    try output.write(contentsOf: Data(bytes))
                } catch {
                    throw .failed("The export can't be written: \(error.localizedDescription)")
                }
            }
        }
        if file != nil { try? output.synchronize() }
    }

    private static func output(_ file: String?) throws(Failure) -> FileHandle {
        guard let file else { return .standardOutput }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Failure(.cannotCreate, "There is something at \(file) already.")
        }
        guard FileManager.default.createFile(atPath: file, contents: nil),
            let output = FileHandle(forWritingAtPath: file)
        else { throw Failure(.cannotCreate, "\(file) can't be made.") }
        return output
    }
}
