import ArgumentParser

/// Prints the configuration in force and where each value comes from.
struct ConfigCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print the configuration in force, and where each value comes from."
    )

    @OptionGroup var options: ServingOptions

    @Flag(help: "Print a table of all settings in Markdown instead.")
    var markdown = false

    func perform() async throws(Failure) {
        let effective = try options.read()
        for line in markdown ? EffectiveSettings.markdown : effective.lines { Terminal.say(line) }
    }
}
