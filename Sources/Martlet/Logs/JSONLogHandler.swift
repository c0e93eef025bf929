import Foundation
import Gateway
import Hub
import Logging

/// Logs one JSON object a line to standard error, for machines to read.
struct JSONLogHandler: LogHandler {
    private let label: String
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        Terminal.complain(line(event))
    }

    func line(_ event: LogEvent) -> String {
        var line: JSON = [
            "at": .int(Timestamp.now().milliseconds), "level": .string("\(event.level)"),
            "label": .string(label), "message": .string("\(event.message)"),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line.append(key, .string("\(value)"))
        }
        return String(decoding: line.encoded(), as: UTF8.self)
    }
}
