/// What can be asked of an order. What the hub alone may ask is said to be internal: it is a step
/// of a saga.
package enum OrderCommand: Sendable, Hashable {
    /// May the principal see it?
    case access
    /// All of it, with its history.
    case order
    /// Internal: where it stands, in short.
    case summary
    /// Internal: what it has come to, for who goes on with it.
    case progress
    /// Internal.
    case place(OrderPlacement)
    /// Internal: all goods are set aside.
    case confirm(holds: [OrderHold], expiresAt: Timestamp)
    /// Internal: some goods can't be set aside; those that are will be given back.
    case fail(reason: String, skus: [String], holds: [OrderHold])
    /// Internal: a payment was made.
    case beginPayment(reference: String?)
    /// Internal: all goods are taken.
    case completePayment
    /// Internal: some goods are gone.
    case fallShort(missing: [String], taken: [String])
    case pack
    case ship(OrderShipment)
    case deliver
    /// Internal: it is cancelled; its goods will be given back.
    case abandon(reason: String?)
    /// Internal: the same, for who has not paid in time.
    case expire
    /// Internal: all goods were given back.
    case settle
    case refund(amount: Int64?, parts: [OrderRefund.Part]?, reason: String?)

    private static let textBytesMaximum = 256

    package init(_ action: String, _ command: JSON) throws(Rejection) {
        switch action {
        case "access": self = .access
        case "order": self = .order
        case "pack": self = .pack
        case "deliver": self = .deliver
        case "ship": self = try Self.ship(Fields(dataOf: command))
        case "refund": self = try Self.refund(command)
        default: self = try Self.step(action, command)
        }
    }

    /// Those that come from the hub, which makes no mistakes in them: what it can't read is a bug.
    private static func step(
        _ action: String,
        _ command: JSON
    ) throws(Rejection) -> OrderCommand {
        let fields = try Fields(dataOf: command)
        let data = command["data"] ?? .null
        switch action {
        case "progress": return .progress
        case "summary": return .summary
        case "completePayment": return .completePayment
        case "expire": return .expire
        case "settle": return .settle
        case "beginPayment":
            return .beginPayment(reference: try text("reference", fields))
        case "abandon":
            return .abandon(reason: try text("reason", fields))
        case "place":
            guard let placement = OrderPlacement(data) else { throw malformed }
            return .place(placement)
        case "confirm":
            guard let holds = OrderHold.list(data["reservations"]),
                let expiresAt = data["expiresAt"]?.timestamp
            else { throw malformed }
            return .confirm(holds: holds, expiresAt: expiresAt)
        case "fail":
            guard let skus = data["skus"]?.strings, let reason = data["reason"]?.string,
                let holds = OrderHold.list(data["reservations"])
            else { throw malformed }
            return .fail(reason: reason, skus: skus, holds: holds)
        case "fallShort":
            guard let missing = data["missing"]?.strings, let taken = data["taken"]?.strings
            else { throw malformed }
            return .fallShort(missing: missing, taken: taken)
        default: throw Rejection(.unknownAction, "An order has no such action.")
        }
    }

    private static func ship(_ data: Fields) throws(Rejection) -> OrderCommand {
        guard let number = try text("trackingNumber", data), !number.isEmpty else {
            throw data.refusal("trackingNumber", "is missing")
        }
        let shipment = OrderShipment(
            trackingNumber: number,
            carrier: try text("carrier", data),
            estimatedDelivery: try data.optionalTime("estimatedDelivery")
        )
        return .ship(shipment)
    }

    private static func refund(_ command: JSON) throws(Rejection) -> OrderCommand {
        let data = try Fields(dataOf: command)
        let reason = try text("reason", data)
        guard !data.has("amount") || !data.has("lines") else {
            throw data.refusal("lines", "can't be given with an amount")
        }
        if data.has("amount") {
            let amount = try data.int("amount", in: 1...Money.amountMaximum)
            return .refund(amount: amount, parts: nil, reason: reason)
        }
        guard data.has("lines") else { return .refund(amount: nil, parts: nil, reason: reason) }
        guard let parts = OrderRefund.parts(command["data"]?["lines"]), !parts.isEmpty else {
            throw data.refusal("lines", "must be a list of different SKUs with quantities")
        }
        return .refund(amount: nil, parts: parts, reason: reason)
    }

    private static func text(
        _ name: String,
        _ fields: Fields
    ) throws(Rejection) -> String? {
        try fields.optionalText(name, bytesMaximum: textBytesMaximum)
    }

    private static let malformed = Rejection(.internal, "A step of an order can't be read.")
}

extension OrderCommand {
    /// Steps of sagas, which only the hub takes.
    package static let internalActions: Set<String> = [
        "progress", "summary", "place", "confirm", "fail", "beginPayment", "completePayment",
        "fallShort", "abandon", "expire", "settle",
    ]
}
