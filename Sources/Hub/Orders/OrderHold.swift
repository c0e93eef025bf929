/// Goods that are set aside for a line of an order.
package struct OrderHold: Sendable, Hashable {
    package let sku: String
    package let reservationID: String

    package init(sku: String, reservationID: String) {
        self.sku = sku
        self.reservationID = reservationID
    }

    package init?(_ json: JSON) {
        guard let sku = json["sku"]?.string, let id = json["reservationId"]?.string else {
            return nil
        }
        self.init(sku: sku, reservationID: id)
    }

    /// What an item answers, who may have written the id out already.
    init?(sku: String, reply: JSON) {
        switch reply["reservationId"] {
        case .string(let id): self.init(sku: sku, reservationID: id)
        case .raw(let bytes):
            let id = (try? JSONParser.parse(bytes))?.string
            guard let id else { return nil }
            self.init(sku: sku, reservationID: id)
        default: return nil
        }
    }

    package var json: JSON {
        ["sku": .string(sku), "reservationId": .string(reservationID)]
    }

    /// Nil unless it is a list of them, of one for each SKU at most.
    static func list(_ json: JSON?) -> [OrderHold]? {
        guard let items = json?.array, items.count <= OrderPlacement.linesMaximum else {
            return nil
        }
        let holds = items.compactMap { OrderHold($0) }
        guard holds.count == items.count, Set(holds.map(\.sku)).count == holds.count else {
            return nil
        }
        return holds
    }
}
