import ArgumentParser
import Storage

/// Makes a backup the data of a hub that doesn't run.
struct RestoreCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a backup the data; the hub must not run."
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The backup.")
    var file: String

    @Flag(help: "Replace the data that is there.")
    var replace = false

    func perform() async throws(Failure) {
        let directory = try options.read().settings.store.directory
        try Self.storing { () throws(StorageError) in
            try Store.restore(from: file, to: directory, replacing: replace)
        }
        Terminal.say("\(directory) holds what \(file) holds.")
    }
}
