/// What an order has come to, by its records: all that is needed to go on with it.
struct OrderProgress: Sendable, Hashable {
    let placement: OrderPlacement
    let status: OrderStatus
    let payment: PaymentStatus
    let expiresAt: Timestamp?
    /// By SKU.
    let holds: [String: String]
    let taken: Set<String>
    let missing: [String]
    let isPaying: Bool
    let isSettling: Bool
    let seq: Int64
}

extension OrderProgress {
    var json: JSON {
        [
            "placement": placement.json, "status": .string(status.rawValue),
            "payment": .string(payment.rawValue),
            "expiresAt": expiresAt.map { .int($0.milliseconds) } ?? .null,
            "reservations": .array(
                holds.map { OrderHold(sku: $0.key, reservationID: $0.value).json }
            ),
            "taken": .array(taken.map { .string($0) }),
            "missing": .array(missing.map { .string($0) }),
            "paying": .bool(isPaying), "settling": .bool(isSettling), "seq": .int(seq),
        ]
    }

    init?(_ json: JSON) {
        guard let placement = json["placement"].flatMap({ OrderPlacement($0) }),
            let status = json["status"]?.string.flatMap({ OrderStatus(rawValue: $0) }),
            let payment = json["payment"]?.string.flatMap({ PaymentStatus(rawValue: $0) }),
            let expiresAt = json.optional("expiresAt", { $0.timestamp }),
            let holds = OrderHold.list(json["reservations"]),
            let taken = json["taken"]?.strings, let missing = json["missing"]?.strings,
            let isPaying = json["paying"]?.bool, let isSettling = json["settling"]?.bool,
            let seq = json["seq"]?.int
        else { return nil }
        self.placement = placement
        self.status = status
        self.payment = payment
        self.expiresAt = expiresAt
        self.holds = Dictionary(holds.map { ($0.sku, $0.reservationID) }) { first, _ in first }
        self.taken = Set(taken)
        self.missing = missing
        self.isPaying = isPaying
        self.isSettling = isSettling
        self.seq = seq
    }
}
