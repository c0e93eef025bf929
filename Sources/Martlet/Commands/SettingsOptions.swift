import ArgumentParser

/// How settings are given on the command line; every command that reads them takes these.
struct SettingsOptions: ParsableArguments {
    @Option(help: "A configuration file in YAML or JSON. (environment: MARTLET_CONFIG)")
    var config: String?

    @Option(help: "The directory where everything is kept. (default: ./data)")
    var data: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Any setting by its name; 'martlet config' lists them.",
            valueName: "name=value"
        )
    )
    var others: [String] = []

    /// - Parameter flags: Those of a command's own.
    func read(flags: [String: String?] = [:]) throws(Failure) -> EffectiveSettings {
        var reader = SettingsReader()
        reader.file = config
        for other in others {
            let sides = other.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                throw Failure(.configuration, "--set takes name=value, not \"\(sides[0])\".")
            }
            reader.flags[String(sides[0])] = .one(String(sides[1]))
        }
        for (name, value) in flags {
            if let value { reader.flags[name] = .one(value) }
        }
        if let data { reader.flags["data"] = .one(data) }
        do throws(SettingsError) {
            return try reader.read()
        } catch {
            throw Failure(error)
        }
    }
}
