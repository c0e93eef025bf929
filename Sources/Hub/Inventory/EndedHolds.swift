/// Holds that have ended lately: the oldest is forgotten for a newer one.
struct EndedHolds: Sendable {
    enum Outcome: Sendable, Hashable {
        case lapsed
        case committed
        case released
    }

    struct Ended: Sendable, Hashable {
        let hold: Hold
        let outcome: Outcome
    }

    private let maximum: Int
    private var ended: [RecordID: Ended] = [:]
    /// In the order in which they ended; those taken out since are passed over.
    private var order: [RecordID] = []
    private var first = 0

    init(maximum: Int) {
        self.maximum = maximum
    }

    subscript(id: RecordID) -> Ended? { ended[id] }

    /// Oldest first.
    var all: [Ended] { order[first...].compactMap { ended[$0] } }

    mutating func add(_ hold: Hold, _ outcome: Outcome) {
        guard ended.updateValue(Ended(hold: hold, outcome: outcome), forKey: hold.id) == nil else {
            return
        }
        order.append(hold.id)
        while order.count - first > maximum {
            ended[order[first]] = nil
            first += 1
        }
        if first >= maximum {
            order.removeFirst(first)
            first = 0
        }
    }

    mutating func remove(_ id: RecordID) {
        ended[id] = nil
    }
}
