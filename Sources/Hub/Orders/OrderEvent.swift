/// What happens to an order.
package enum OrderEvent: Event, Hashable {
    case placed(OrderPlacement)
    case changed(OrderChange)
    /// A payment was made; the goods set aside are being taken for it. Once this is recorded the
    /// order goes on to `paid` or to a shortfall, whatever comes between.
    case paymentBegun(reference: String?, seq: Int64)
    /// Of some goods there were none left when they were paid; the others are taken.
    case fellShort(missing: [String], taken: [String], seq: Int64)
    /// All goods of a cancelled order were given back.
    case settled(seq: Int64)

    package static let placedType = "order_placed"
    package static let changedType = "order_status_changed"
    static let paymentBegunType = "order_payment_begun"
    static let fellShortType = "order_shortfall"
    static let settledType = "order_settled"

    package var type: String {
        switch self {
        case .placed: Self.placedType
        case .changed: Self.changedType
        case .paymentBegun: Self.paymentBegunType
        case .fellShort: Self.fellShortType
        case .settled: Self.settledType
        }
    }

    package func payload() -> [UInt8] {
        if case .changed(let change) = self { return change.payload() }
        var object = JSONObjectWriter(reserving: 256)
        switch self {
        case .placed(let placement):
            placement.write(to: &object)
            object.write("status", OrderStatus.pending.rawValue)
            object.write("seq", 1 as Int64)
        case .changed: break
        case .paymentBegun(let reference, let seq):
            if let reference { object.write("reference", reference) }
            object.write("seq", seq)
        case .fellShort(let missing, let taken, let seq):
            object.write("missing", missing)
            object.write("taken", taken)
            object.write("seq", seq)
        case .settled(let seq): object.write("seq", seq)
        }
        return object.finish()
    }

    package init?(type: String, payload: [UInt8]) {
        guard let data = try? JSONParser.parse(payload) else { return nil }
        self.init(type: type, data: data)
    }

    init?(type: String, data: JSON) {
        guard let seq = data["seq"]?.int else { return nil }
        switch type {
        case Self.placedType:
            guard let placement = OrderPlacement(data) else { return nil }
            self = .placed(placement)
        case Self.changedType:
            guard let change = OrderChange(data) else { return nil }
            self = .changed(change)
        case Self.paymentBegunType:
            guard let reference = data.optional("reference", { $0.string }) else { return nil }
            self = .paymentBegun(reference: reference, seq: seq)
        case Self.fellShortType:
            guard let missing = data["missing"]?.strings, let taken = data["taken"]?.strings
            else { return nil }
            self = .fellShort(missing: missing, taken: taken, seq: seq)
        case Self.settledType: self = .settled(seq: seq)
        default: return nil
        }
    }
}
