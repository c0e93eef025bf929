import ArgumentParser
import Storage

/// Copies the data to a file, also while the hub serves.
struct BackupCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the data to a file, also while the hub serves."
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The file to make.")
    var file: String

    func perform() async throws(Failure) {
        let directory = try options.read().settings.store.directory
        try Self.storing { () throws(StorageError) in
            try Inspection.open(directory: directory).backup(to: file)
        }
        Terminal.say("\(file) holds a backup of \(directory).")
    }
}
