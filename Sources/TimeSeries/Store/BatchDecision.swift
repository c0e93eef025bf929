/// What becomes of a batch: how many of its samples are taken, and the record that takes them.
package struct BatchDecision: Sendable {
    package internal(set) var accepted = 0
    /// Samples that the series has already, with the same time and value: nothing is wrong.
    package internal(set) var duplicates = 0
    private var refusals = [Int](repeating: 0, count: Refusal.allCases.count)
    /// For `ShardStore.apply`; empty when nothing is taken.
    package internal(set) var payload: [UInt8] = []
    /// Whether the batch is cut short: what came before the cut counts.
    package internal(set) var isMalformed = false

    package init() {}

    /// How many samples were refused for that reason.
    package internal(set) subscript(reason: Refusal) -> Int {
        get { refusals[reason.rawValue] }
        set { refusals[reason.rawValue] = newValue }
    }

    package var refused: Int { refusals.reduce(0, +) }
}
