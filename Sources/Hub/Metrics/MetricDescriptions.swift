import Synchronization

/// What senders said of their metrics, the newest of each name. In memory: senders say it again.
package final class MetricDescriptions: Sendable {
    private static let maximum = 50_000

    private let known = Mutex<[String: MetricDescription]>([:])

    package init() {}

    package var all: [String: MetricDescription] { known.withLock(\.self) }

    /// Past the bound news of unknown names is dropped.
    package func note(_ description: MetricDescription, of name: String) {
        known.withLock { known in
            guard known[name] != nil || known.count < Self.maximum else { return }
            known[name] = description
        }
    }
}
