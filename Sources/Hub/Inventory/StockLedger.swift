/// What an item remembers: how much there is, who holds how much of it until when.
///
/// Nothing is sold twice because everything that takes pieces is decided here, against what the
/// commands before it have left. A hold ends by the time in the records: the first record behind
/// its expiry frees what it held. Until there is one, questions and decisions leave it out.
package struct StockLedger: Ledger {
    /// Pieces of an item, or of one change.
    package static let quantityMaximum: Int64 = 1_000_000_000
    static let quantities: ClosedRange<Int64> = 0...quantityMaximum
    package static let holdsMaximum = 10_000
    /// Pieces that a user may hold at once; staff are free.
    package static let userQuantityMaximum: Int64 = 999
    /// Seconds that a hold lasts when nothing is said.
    package static let ttlUsual: Int64 = 600
    package static let ttlUserMaximum: Int64 = 3600
    /// For staff: 30 days.
    package static let ttlMaximum: Int64 = 2_592_000

    let topic: TopicID
    let sku: String
    var onHand: Int64 = 0
    var lowStock: Int64 = 0
    /// One more with every record: the offset of the last one.
    var version: Int64 = 0
    /// The time of the last record; never goes back, even if the system's clock does.
    var clock = Timestamp(milliseconds: 0)
    var holds = Holds()
    /// Holds that expired, for whoever has paid nevertheless.
    var lapsed = EndedHolds(maximum: 4096)
    /// Those that were committed or released, for who asks again without a key.
    var finished = EndedHolds(maximum: 256)

    /// What was shown last, and why there is more to show.
    var shown = StockLevel()
    var shownLowStock: Int64 = 0
    var newsReason: String?

    package init(topic: TopicID) {
        self.topic = topic
        sku = String(topic.name)
    }

    package static var isOrdered: Bool { true }

    package static var isState: Bool { true }

    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> StockCommand {
        try StockCommand(action, fields)
    }

    package func needs(_ command: StockCommand) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    /// What was loaded is no news.
    package mutating func settle() {
        shown = level
        shownLowStock = lowStock
        newsReason = nil
    }

    package static let causes: [String: Set<String>] = [
        "receive": ["stock_received"],
        "adjust": ["stock_adjusted"],
        "setThreshold": ["threshold_set"],
        "reserve": ["stock_reserved"],
        "extend": ["reservation_extended"],
        "commit": ["reservation_committed"],
        "release": ["reservation_released"],
    ]

    package static func reply(repeating record: Record) -> JSON {
        guard let event = StockEvent(type: record.type, payload: record.payload) else {
            return .object([])
        }
        return event.reply(version: Int64(clamping: record.offset))
    }

    /// A snapshot holds all holds, so it comes the more seldom the more there are.
    package func isSnapshotDue(records: Int, at: Timestamp) -> Bool? {
        records >= max(1000, holds.count)
    }

    /// As the last record left it.
    package var level: StockLevel {
        StockLevel(onHand: onHand, reserved: holds.quantity, nextExpiry: holds.nextExpiry)
    }

    /// As it is at a time: without the holds that have expired by then.
    package func level(at time: Timestamp) -> StockLevel {
        let lapse = holds.lapse(at: max(time, clock))
        return StockLevel(
            onHand: onHand,
            reserved: holds.quantity - lapse.quantity,
            nextExpiry: lapse.next
        )
    }

    package mutating func apply(
        _ event: StockEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        version += 1
        clock = max(clock, at)
        while let hold = holds.removeFirst(expiredAt: clock) { lapsed.add(hold, .lapsed) }
        switch event.change {
        case .received(let quantity, _): onHand += quantity
        case .adjusted(let delta, _): onHand += delta
        case .reserved(let hold), .extended(let hold): holds.put(hold)
        case .committed(let hold, _, _):
            // A late one is held no more.
            if holds.remove(hold.id) == nil { lapsed.remove(hold.id) }
            onHand -= hold.quantity
            finished.add(hold, .committed)
        case .released(let hold, _):
            holds.remove(hold.id)
            finished.add(hold, .released)
        case .expired: break
        case .thresholdSet(let threshold): lowStock = threshold
        }
        newsReason = event.change.reason
    }
}

extension StockEvent {
    /// What whoever caused it is told: all of it is in the record, so that a repeat is told the
    /// same.
    func reply(version: Int64) -> JSON {
        var members: [JSON.Member] = []
        members.reserveCapacity(8)
        if let hold = change.hold {
            let name = HoldName.text(hold.id, sku)
            members.append(JSON.Member("reservationId", .string(name)))
            members.append(JSON.Member("quantity", .int(hold.quantity)))
            members.append(JSON.Member("expiresAt", .int(hold.expiresAt.milliseconds)))
        }
        members.append(JSON.Member("onHand", .int(level.onHand)))
        members.append(JSON.Member("available", .int(level.available)))
        members.append(JSON.Member("version", .int(version)))
        return .object(members)
    }
}
