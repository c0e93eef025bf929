import Hub

/// What waits to be published, by partition. Of what tells the same thing anew the newest is kept,
/// in the place of the former.
///
/// Past the bound of bytes, ephemeral events and awareness states are dropped and counted; who
/// comes, goes and asks is only ever conflated.
struct BusQueue {
    private enum Name: Hashable {
        case presence(TopicID)
        case pulse(TopicID)
        case question(TopicID)
        case awareness(TopicID, author: String)
        case state(TopicID, String)
        case lapse(TopicID, String)
    }

    struct Entry {
        let topic: TopicID
        var message: PeerMessage
        /// Bytes that count towards the bound.
        var bytes = 0
    }

    private let bytesMaximum: Int
    private var entries: [Partition: [Entry]] = [:]
    private var places: [Name: Int] = [:]
    private var bytes = 0
    private(set) var dropped: UInt64 = 0

    init(bytesMaximum: Int) {
        self.bytesMaximum = bytesMaximum
    }

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ message: PeerMessage, of topic: TopicID) {
        var message = message
        if bytes >= bytesMaximum {
            guard let rest = Self.indispensable(message) else {
                dropped += 1
                return
            }
            message = rest
        }
        let partition = Partition(of: topic)
        let name = Self.name(message, topic)
        if let name, let place = places[name], let former = entries[partition]?[place] {
            message = Self.merged(former.message, message)
            bytes -= former.bytes
            set(Entry(topic: topic, message: message), partition, place)
        } else {
            let place = entries[partition]?.count ?? 0
            entries[partition, default: []].append(Entry(topic: topic, message: message))
            set(Entry(topic: topic, message: message), partition, place)
            if let name { places[name] = place }
        }
    }

    private mutating func set(_ entry: Entry, _ partition: Partition, _ place: Int) {
        var entry = entry
        entry.bytes = Self.size(entry.message)
        bytes += entry.bytes
        entries[partition]?[place] = entry
    }

    /// All that waits.
    mutating func take() -> [Partition: [Entry]] {
        defer {
            entries = [:]
            places = [:]
            bytes = 0
        }
        return entries
    }

    /// What was not published goes before what has come since; what is only of the moment is
    /// dropped.
    mutating func putBack(_ unpublished: [Entry]) {
        var later: [Entry] = []
        for partition in Set(unpublished.map { Partition(of: $0.topic) }) {
            later += entries.removeValue(forKey: partition) ?? []
        }
        let moved = Set(later.map { Partition(of: $0.topic) })
        bytes -= later.reduce(0) { $0 + $1.bytes }
        places = places.filter { !moved.contains(Partition(of: Self.topic(of: $0.key))) }
        for entry in unpublished {
            if let rest = Self.indispensable(entry.message) {
                add(rest, of: entry.topic)
            } else {
                dropped += 1
            }
        }
        for entry in later { add(entry.message, of: entry.topic) }
    }

    /// What must be told however late.
    private static func indispensable(_ message: PeerMessage) -> PeerMessage? {
        switch message {
        case .shown: return nil
        case .awareness(var update, let author):
            update.entries.removeAll { $0.state != nil }
            return update.entries.isEmpty ? nil : .awareness(update, author: author)
        case .presence, .pulse, .question: return message
        }
    }

    private static func size(_ message: PeerMessage) -> Int {
        switch message {
        case .shown(let ephemeral): 64 + ephemeral.payload.count + (ephemeral.binary?.count ?? 0)
        case .awareness(let update, _):
            update.entries.reduce(0) { $0 + 32 + ($1.state?.count ?? 0) }
        case .presence, .pulse, .question: 0
        }
    }

    private static func name(_ message: PeerMessage, _ topic: TopicID) -> Name? {
        switch message {
        case .presence: return .presence(topic)
        case .pulse: return .pulse(topic)
        case .question: return .question(topic)
        case .awareness(_, let author): return .awareness(topic, author: author)
        case .shown(let ephemeral):
            if let key = ephemeral.stateKey { return .state(topic, key) }
            return switch ephemeral.change {
            case .none: nil
            case .begins(let lapse): .lapse(topic, lapse.key)
            case .ends(let key): .lapse(topic, key)
            }
        }
    }

    private static func topic(of name: Name) -> TopicID {
        switch name {
        case .presence(let topic), .pulse(let topic), .question(let topic),
            .awareness(let topic, _), .state(let topic, _), .lapse(let topic, _):
            topic
        }
    }

    private static func merged(_ former: PeerMessage, _ message: PeerMessage) -> PeerMessage {
        switch (former, message) {
        case (.presence(let former), .presence(let share)):
            return .presence(former.merged(with: share))
        case (.awareness(var update, let author), .awareness(let later, _)):
            var places: [UInt64: Int] = [:]
            for (place, entry) in update.entries.enumerated() { places[entry.client] = place }
            for entry in later.entries {
                if let place = places[entry.client] {
                    update.entries[place] = entry
                } else {
                    update.entries.append(entry)
                }
            }
            return .awareness(update, author: author)
        default: return message
        }
    }
}
