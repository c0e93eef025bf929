import ArgumentParser

/// Prints the version.
struct VersionCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version."
    )

    func perform() async throws(Failure) {
        Terminal.say("martlet \(Version.text)")
    }
}
