/// An order's step from one status to another: the record `order_status_changed`.
package struct OrderChange: Sendable, Hashable {
    package var orderID: String
    package var status: OrderStatus
    package var previous: OrderStatus
    package var payment: PaymentStatus
    package var fulfilment: FulfilmentStatus
    /// Counts the order's records.
    package var seq: Int64
    /// Why, in a word of ours or in the words of who did it.
    package var reason: String?
    /// The SKUs that were the reason.
    package var skus: [String] = []
    /// With `awaiting_payment`: until when it may be paid.
    package var expiresAt: Timestamp?
    /// The goods set aside. With `cancelled`: those that are to be given back.
    package var holds: [OrderHold] = []
    /// Whether goods are yet to be given back: that is what the order does next.
    package var isSettling = false
    package var shipment: OrderShipment?
    /// What the payment is called where it was made.
    package var reference: String?
    package var refund: OrderRefund?

    package init(
        orderID: String,
        status: OrderStatus,
        previous: OrderStatus,
        payment: PaymentStatus,
        fulfilment: FulfilmentStatus,
        seq: Int64
    ) {
        self.orderID = orderID
        self.status = status
        self.previous = previous
        self.payment = payment
        self.fulfilment = fulfilment
        self.seq = seq
    }

    package init?(_ json: JSON) {
        guard let orderID = json["orderId"]?.string,
            let status = json["status"]?.string.flatMap({ OrderStatus(rawValue: $0) }),
            let previous = json["previousStatus"]?.string.flatMap({ OrderStatus(rawValue: $0) }),
            let payment = json["paymentStatus"]?.string.flatMap({ PaymentStatus(rawValue: $0) }),
            let fulfilment = json["fulfilmentStatus"]?.string
                .flatMap({ FulfilmentStatus(rawValue: $0) }),
            let seq = json["seq"]?.int,
            let reason = json.optional("reason", { $0.string }),
            let skus = json.optional("skus", { $0.strings }),
            let expiresAt = json.optional("expiresAt", { $0.timestamp }),
            let holds = json.optional("reservations", { OrderHold.list($0) }),
            let isSettling = json.optional("settling", { $0.bool }),
            let shipment = json.optional("trackingNumber", { _ in OrderShipment(json) }),
            let reference = json.optional("reference", { $0.string }),
            let refund = json.optional("refund", { OrderRefund($0) })
        else { return nil }
        self.init(
            orderID: orderID,
            status: status,
            previous: previous,
            payment: payment,
            fulfilment: fulfilment,
            seq: seq
        )
        self.reason = reason
        self.skus = skus ?? []
        self.expiresAt = expiresAt
        self.holds = holds ?? []
        self.isSettling = isSettling ?? false
        self.shipment = shipment
        self.reference = reference
        self.refund = refund
    }

    func payload() -> [UInt8] {
        var object = JSONObjectWriter(reserving: 320)
        object.write("orderId", orderID)
        object.write("status", status.rawValue)
        object.write("previousStatus", previous.rawValue)
        object.write("paymentStatus", payment.rawValue)
        object.write("fulfilmentStatus", fulfilment.rawValue)
        // Always there: trackers read them without looking whether they are.
        if let shipment {
            object.write("trackingNumber", shipment.trackingNumber)
        } else {
            object.writeNull("trackingNumber")
        }
        if let estimate = shipment?.estimatedDelivery {
            object.write("estimatedDelivery", estimate)
        } else {
            object.writeNull("estimatedDelivery")
        }
        if let carrier = shipment?.carrier { object.write("carrier", carrier) }
        object.write("seq", seq)
        if let reason { object.write("reason", reason) }
        if !skus.isEmpty { object.write("skus", skus) }
        if let expiresAt { object.write("expiresAt", expiresAt) }
        if !holds.isEmpty { object.write("reservations", .array(holds.map(\.json))) }
        if isSettling { object.write("settling", true) }
        if let reference { object.write("reference", reference) }
        refund?.write(to: &object)
        return object.finish()
    }
}
