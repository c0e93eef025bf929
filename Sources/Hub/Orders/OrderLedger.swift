/// What an order remembers: the topic `order:<id>`.
///
/// It moves along its states only, one record a step, and counts the steps in `seq`. The goods are
/// not its own: what it remembers of them is what its records say was asked of the items, so that
/// whoever finds an order half-way knows how to go on (`Checkout`).
package struct OrderLedger: Ledger {
    /// Bounds payments that fall short and refunds, which are all that can repeat.
    static let entriesMaximum = 400
    private static let version: Int64 = 1

    let topic: TopicID
    private(set) var entries: [OrderEntry] = []

    private(set) var placement: OrderPlacement?
    private(set) var status = OrderStatus.pending
    private(set) var payment = PaymentStatus.unpaid
    private(set) var fulfilment = FulfilmentStatus.unfulfilled
    private(set) var expiresAt: Timestamp?
    /// By SKU, from the moment when all were set aside.
    private(set) var holds: [String: String] = [:]
    /// SKUs whose goods were taken out of the stock.
    private(set) var taken: Set<String> = []
    /// The goods are being taken for a payment.
    private(set) var isPaying = false
    /// The goods are being given back.
    private(set) var isSettling = false
    /// SKUs of which there were none left when they were paid.
    private(set) var missing: [String] = []
    private(set) var reference: String?
    private(set) var shipment: OrderShipment?
    private(set) var refundedTotal: Int64 = 0
    /// By SKU, how many.
    private(set) var refunded: [String: Int64] = [:]

    /// The number of the last record.
    var seq: Int64 { Int64(entries.count) }
    var orderID: String { String(topic.name) }

    package init(topic: TopicID) {
        self.topic = topic
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let state = try? JSONParser.parse(snapshot), state["version"]?.int == Self.version,
            let entries = state["entries"]?.array
        else { return nil }
        for entry in entries {
            guard let entry = OrderEntry(entry) else { return nil }
            apply(entry.event, id: entry.id, author: entry.author, at: entry.at)
        }
    }

    /// The history itself: it is short, and the state follows from it.
    package func snapshot() -> [UInt8] {
        var object = JSONObjectWriter(reserving: 64 + entries.count * 400)
        object.write("version", Self.version)
        object.write("entries", .array(entries.map(\.json)))
        return object.finish()
    }

    package static var isOrdered: Bool { true }

    /// There are many orders, each is busy for a moment, and loading one reads a few records.
    package static var idleAfter: Duration? { .seconds(5) }
    package static var savesWhenRetired: Bool { false }

    package func isSnapshotDue(records: Int, at: Timestamp) -> Bool? { records >= 100 }

    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> OrderCommand {
        try OrderCommand(action, fields)
    }

    package func needs(_ command: OrderCommand) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    package mutating func settle() {}

    package mutating func apply(
        _ event: OrderEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        entries.append(OrderEntry(event: event, id: id, author: author, at: at))
        switch event {
        case .placed(let placement): self.placement = placement
        case .changed(let change): apply(change)
        case .paymentBegun(let reference, _):
            isPaying = true
            self.reference = reference
        case .fellShort(let missing, let taken, _):
            isPaying = false
            self.missing = missing
            self.taken.formUnion(taken)
        case .settled:
            isSettling = false
            holds = [:]
            taken = []
        }
    }

    private mutating func apply(_ change: OrderChange) {
        status = change.status
        payment = change.payment
        fulfilment = change.fulfilment
        isSettling = change.isSettling
        if let expiresAt = change.expiresAt { self.expiresAt = expiresAt }
        if !change.holds.isEmpty {
            holds = Dictionary(change.holds.map { ($0.sku, $0.reservationID) }) { first, _ in
                first
            }
        }
        if change.status == .paid {
            isPaying = false
            missing = []
            taken = Set(placement?.lines.map(\.sku) ?? [])
        }
        if let shipment = change.shipment { self.shipment = shipment }
        if let refund = change.refund {
            refundedTotal = refund.refundedTotal
            for part in refund.parts { refunded[part.sku, default: 0] += part.quantity }
        }
    }
}
