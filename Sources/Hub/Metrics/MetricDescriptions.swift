import Synchronization
import TimeSeries

/// What senders said of their metrics, the newest of each name. In memory: senders say it again.
package final class MetricDescriptions: Sendable {
    private static let maximum = 50_000
    private static let helpBytesMaximum = 4096
    private static let unitBytesMaximum = 256
    private static let nameBytesMaximum = LabelLimits().valueBytesMaximum

    private let known = Mutex<[String: MetricDescription]>([:])

    package init() {}

    package var all: [String: MetricDescription] { known.withLock(\.self) }

    /// Past the bound news of unknown names is dropped, and so are names that no metric can have.
    /// Long texts are cut.
    package func note(_ description: MetricDescription, of name: String) {
        guard name.utf8.count <= Self.nameBytesMaximum else { return }
        var description = description
        description.help = Self.beginning(of: description.help, bytes: Self.helpBytesMaximum)
        if description.unit.utf8.count > Self.unitBytesMaximum { description.unit = "" }
        known.withLock { known in
            guard known[name] != nil || known.count < Self.maximum else { return }
            known[name] = description
        }
    }

    /// As many whole characters as fit.
    private static func beginning(of text: String, bytes maximum: Int) -> String {
        let bytes = Array(text.utf8.prefix(maximum + 1))
        guard bytes.count > maximum else { return text }
        var length = maximum
        // Not before a byte that continues a character.
        while length > 0, bytes[length] & 0xC0 == 0x80 { length -= 1 }
        return String(decoding: bytes[..<length], as: UTF8.self)
    }
}
