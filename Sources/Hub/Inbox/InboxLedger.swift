/// What a user's own topic remembers: how far each room is read.
package struct InboxLedger: Ledger {
    /// Rooms with a marker; beyond it new ones are refused.
    package static let markersMaximum = 10_000
    private static let version: Int64 = 1

    private struct Marker: Sendable, Hashable {
        var message: RecordID
        var number: Int64
    }

    private let topic: TopicID
    /// By room topic.
    private var markers: [String: Marker] = [:]

    package init(topic: TopicID) {
        self.topic = topic
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let state = try? JSONParser.parse(snapshot), state["version"]?.int == Self.version,
            let entries = state["markers"]?.array
        else { return nil }
        for entry in entries {
            guard let fields = entry.array, fields.count == 3, let room = fields[0].string,
                let message = fields[1].recordID, let number = fields[2].int,
                ReadMark.counts.contains(number)
            else { return nil }
            markers[room] = Marker(message: message, number: number)
        }
    }

    package func snapshot() -> [UInt8] {
        var object = JSONObjectWriter(reserving: 64 + markers.count * 64)
        object.write("version", Self.version)
        let entries = markers.sorted { $0.key < $1.key }.map { room, marker -> JSON in
            [.string(room), .string(marker.message.description), .int(marker.number)]
        }
        object.write("markers", .array(entries))
        return object.finish()
    }

    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> InboxCommand {
        try InboxCommand(action, fields)
    }

    package func needs(_ command: InboxCommand) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    package mutating func settle() {}

    package static func canCause(_ action: String, _ type: String) -> Bool {
        action == "markRead" && type == "read_marked"
    }

    package static func reply(repeating record: Record) -> JSON {
        guard
            case .readMarked(_, _, _, let unread)? = InboxEvent(
                type: record.type,
                payload: record.payload
            )
        else { return .object([]) }
        return ["unread": .int(unread)]
    }

    package func decide(
        _ command: InboxCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<InboxEvent> {
        try admit(request.principal)
        switch command {
        case .access: return Decision()
        case .markRead(let mark): return try markRead(mark, request)
        }
    }

    package mutating func apply(
        _ event: InboxEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        switch event {
        case .readMarked(let room, let message, let number, _):
            markers[room] = Marker(message: message, number: number)
        }
    }

    /// A marker only moves forward: a slower device doesn't make read messages unread.
    private func markRead(
        _ mark: ReadMark,
        _ request: Request
    ) throws(Rejection) -> Decision<InboxEvent> {
        let earlier = markers[mark.topic.text]
        if let earlier, earlier.number >= mark.number {
            return Decision(reply: [
                "messageId": .string(earlier.message.description), "number": .int(earlier.number),
            ])
        }
        guard earlier != nil || markers.count < Self.markersMaximum else {
            throw Rejection(.limitReached, "You have as many read markers as you may.")
        }
        let event = InboxEvent.readMarked(
            topic: mark.topic.text,
            message: mark.message,
            number: mark.number,
            unread: mark.unread
        )
        return Decision(
            events: [(request.nextID(), event)],
            reply: ["unread": .int(mark.unread)]
        )
    }

    /// Only the user; and guests only where they may keep anything, as anyone can take their names.
    private func admit(_ principal: Principal) throws(Rejection) {
        guard principal.user == topic.user else {
            throw Rejection(.notFound, "There is no such topic, or it is not yours to see.")
        }
        guard !principal.isGuest || principal.grants.allow("enter", on: topic.text) else {
            throw Rejection(.forbidden, "Guests have no topic of their own.")
        }
    }
}
