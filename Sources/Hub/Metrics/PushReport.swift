import Synchronization
import TimeSeries

/// What became of the samples of one push, over all shards that had some of them.
package final class PushReport: Sendable {
    /// Counts of samples.
    package struct Outcome: Sendable, Hashable {
        package var accepted = 0
        /// Known already, with the same time and value: nothing is wrong.
        package var duplicates = 0
        package var refused: [Refusal: Int] = [:]

        package init(accepted: Int = 0, duplicates: Int = 0, refused: [Refusal: Int] = [:]) {
            self.accepted = accepted
            self.duplicates = duplicates
            self.refused = refused
        }

        package var refusedCount: Int { refused.values.reduce(0, +) }

        /// The reasons as one sentence; nil when nothing was refused.
        package var explanation: String? {
            guard refusedCount > 0 else { return nil }
            let reasons = refused.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.value) \($0.key.word)" }
            return "\(refusedCount) samples were refused: \(reasons.joined(separator: ", "))."
        }
    }

    private let counts = Mutex(Outcome())

    package init() {}

    package var outcome: Outcome { counts.withLock { $0 } }

    func note(_ decision: BatchDecision) {
        counts.withLock { counts in
            counts.accepted += decision.accepted
            counts.duplicates += decision.duplicates
            for reason in Refusal.allCases where decision[reason] > 0 {
                counts.refused[reason, default: 0] += decision[reason]
            }
        }
    }
}
