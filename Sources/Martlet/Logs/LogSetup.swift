import Logging

/// Makes the process's logger as the settings say.
enum LogSetup {
    static func logger(_ settings: Settings.LogSettings) -> Logger {
        var logger = Logger(label: "martlet") { label in
            switch settings.format {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler(label: label)
            }
        }
        logger.logLevel = Logger.Level(rawValue: settings.level.rawValue) ?? .info
        return logger
    }
}
