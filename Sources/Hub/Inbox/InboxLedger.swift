/// What a user's own topic remembers: how far each room is read, and what the user's pages keep.
package struct InboxLedger: Ledger {
    /// Rooms with a marker; beyond it new ones are refused.
    package static let markersMaximum = 10_000
    /// Names of preferences.
    package static let preferencesMaximum = 32
    /// The first had no preferences.
    private static let versions: ClosedRange<Int64> = 1...2

    private struct Marker: Sendable, Hashable {
        var message: RecordID
        var number: Int64
    }

    private let topic: TopicID
    /// By room topic.
    private var markers: [String: Marker] = [:]
    private var preferences: [String: Preference] = [:]

    package init(topic: TopicID) {
        self.topic = topic
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let state = try? JSONParser.parse(snapshot), let version = state["version"]?.int,
            Self.versions.contains(version), let entries = state["markers"]?.array
        else { return nil }
        for entry in entries {
            guard let fields = entry.array, fields.count == 3, let room = fields[0].string,
                let message = fields[1].recordID, let number = fields[2].int,
                ReadMark.counts.contains(number)
            else { return nil }
            markers[room] = Marker(message: message, number: number)
        }
        for entry in state["preferences"]?.array ?? [] {
            guard let fields = entry.array, fields.count == 2, let name = fields[0].string,
                let text = fields[1].string,
                let preference = Preference(name: name, value: Array(text.utf8))
            else { return nil }
            preferences[name] = preference
        }
    }

    package func snapshot() -> [UInt8] {
        var object = JSONObjectWriter(reserving: 64 + markers.count * 64)
        object.write("version", Self.versions.upperBound)
        let entries = markers.sorted { $0.key < $1.key }.map { room, marker -> JSON in
            [.string(room), .string(marker.message.description), .int(marker.number)]
        }
        object.write("markers", .array(entries))
        // As text: so they may be nested as deeply as in their records.
        let kept = preferences.sorted { $0.key < $1.key }.map { name, preference -> JSON in
            [.string(name), .string(String(decoding: preference.value, as: UTF8.self))]
        }
        object.write("preferences", .array(kept))
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

    package static let causes: [String: Set<String>] = [
        "markRead": ["read_marked"],
        "setPreference": ["preference_set"],
    ]

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
        case .setPreference(let preference): return try set(preference, request)
        case .preference(let name):
            let value = preferences[name]?.value ?? Preference.null
            return Decision(reply: ["name": .string(name), "value": .raw(value)])
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
        case .preferenceSet(let preference):
            preferences[preference.name] = preference.isNull ? nil : preference
        }
    }

    /// The last one wins: two tabs of a user hear of each other's by the event.
    private func set(
        _ preference: Preference,
        _ request: Request
    ) throws(Rejection) -> Decision<InboxEvent> {
        let earlier = preferences[preference.name]
        guard (earlier?.value ?? Preference.null) != preference.value else { return Decision() }
        guard earlier != nil || preferences.count < Self.preferencesMaximum else {
            throw Rejection(.limitReached, "You have as many preferences as you may.")
        }
        return Decision(events: [(request.nextID(), .preferenceSet(preference))])
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
