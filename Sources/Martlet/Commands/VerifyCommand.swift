import ArgumentParser
import Storage

/// Checks that what is stored is sound.
struct VerifyCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that what is stored is sound, also while the hub serves."
    )

    @OptionGroup var options: SettingsOptions

    func perform() async throws(Failure) {
        let directory = try options.read().settings.store.directory
        let problems = try Self.storing { () throws(StorageError) in
            try Inspection.open(directory: directory).verify()
        }
        for problem in problems { Terminal.complain(problem) }
        guard problems.isEmpty else {
            throw Failure(.data, "\(directory) has \(problems.count) problems.")
        }
        Terminal.say("\(directory) is sound.")
    }
}
