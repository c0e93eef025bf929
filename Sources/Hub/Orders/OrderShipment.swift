/// How an order travels.
package struct OrderShipment: Sendable, Hashable {
    package let trackingNumber: String
    package let carrier: String?
    package let estimatedDelivery: Timestamp?

    init(trackingNumber: String, carrier: String?, estimatedDelivery: Timestamp?) {
        self.trackingNumber = trackingNumber
        self.carrier = carrier
        self.estimatedDelivery = estimatedDelivery
    }

    init?(_ json: JSON) {
        guard let trackingNumber = json["trackingNumber"]?.string,
            let carrier = json.optional("carrier", { $0.string }),
            let estimatedDelivery = json.optional("estimatedDelivery", { $0.timestamp })
        else { return nil }
        self.init(
            trackingNumber: trackingNumber,
            carrier: carrier,
            estimatedDelivery: estimatedDelivery
        )
    }
}
