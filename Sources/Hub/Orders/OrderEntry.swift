/// One thing that happened to an order, as its record says.
struct OrderEntry: Sendable, Hashable {
    let event: OrderEvent
    let id: RecordID
    let author: String
    let at: Timestamp

    init(event: OrderEvent, id: RecordID, author: String, at: Timestamp) {
        self.event = event
        self.id = id
        self.author = author
        self.at = at
    }

    /// Reads what `json` has written.
    init?(_ json: JSON) {
        guard let type = json["type"]?.string, let data = json["data"],
            let event = OrderEvent(type: type, data: data), let id = json["id"]?.recordID,
            let author = json["by"]?.string, let at = json["at"]?.timestamp
        else { return nil }
        self.init(event: event, id: id, author: author, at: at)
    }

    var json: JSON {
        [
            "type": .string(event.type), "id": .string(id.description), "by": .string(author),
            "at": .int(at.milliseconds), "data": .raw(event.payload()),
        ]
    }

    /// As a line of the order's history, for people.
    func line(seq: Int64) -> JSON {
        var line: JSON = [
            "seq": .int(seq), "event": .string(event.type), "at": .int(at.milliseconds),
            "by": .string(author),
        ]
        switch event {
        case .placed: line.append("status", .string(OrderStatus.pending.rawValue))
        case .changed(let change):
            line.append("status", .string(change.status.rawValue))
            if let reason = change.reason { line.append("reason", .string(reason)) }
            if !change.skus.isEmpty {
                line.append("skus", .array(change.skus.map { .string($0) }))
            }
            if let refund = change.refund { line.append("amount", .int(refund.amount)) }
        case .paymentBegun(let reference, _):
            if let reference { line.append("reference", .string(reference)) }
        case .fellShort(let missing, _, _):
            line.append("skus", .array(missing.map { .string($0) }))
        case .settled: break
        }
        return line
    }
}
