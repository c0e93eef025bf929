import Logging

/// Prints what a node logs, with the simulation's time: for looking at one seed.
struct TracingLogHandler: LogHandler {
    let executor: SeededExecutor
    let name: String
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        print(executor.now / 1000, name, event.message, event.metadata ?? [:])
    }
}
