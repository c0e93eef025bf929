import Hub

/// Messages as bytes: their kind, then their fields.
extension PeerMessage {
    private enum Kind: UInt8 {
        case shown, awareness, presence, presenceChange, pulse, question
    }

    func write(to writer: inout BusWriter) {
        switch self {
        case .shown(let ephemeral):
            writer.write(Kind.shown.rawValue)
            ephemeral.write(to: &writer)
        case .awareness(let update, let author):
            writer.write(Kind.awareness.rawValue)
            writer.write(author)
            writer.write(update.encoded())
        case .presence(let share):
            let kind = share.previous == nil ? Kind.presence : .presenceChange
            writer.write(kind.rawValue)
            if let previous = share.previous { writer.write(previous) }
            writer.write(share.revision)
            writer.write(UInt64(share.users.count))
            for (user, connections) in share.users {
                writer.write(user)
                // Zero is for who is present no longer.
                writer.write(connections.map { UInt64(clamping: $0) + 1 } ?? 0)
            }
        case .pulse(let revision):
            writer.write(Kind.pulse.rawValue)
            writer.write(revision)
        case .question: writer.write(Kind.question.rawValue)
        }
    }

    init?(from reader: inout BusReader) {
        guard let kind = reader.byte().flatMap({ Kind(rawValue: $0) }) else { return nil }
        switch kind {
        case .shown:
            guard let ephemeral = Ephemeral(from: &reader) else { return nil }
            self = .shown(ephemeral)
        case .awareness:
            guard let author = reader.text(), let bytes = reader.run(),
                let update = try? AwarenessUpdate(bytes)
            else { return nil }
            self = .awareness(update, author: author)
        case .presence, .presenceChange:
            var previous: UInt64?
            if kind == .presenceChange {
                guard let read = reader.number() else { return nil }
                previous = read
            }
            guard let revision = reader.number(), let users = Self.users(&reader) else {
                return nil
            }
            self = .presence(PresenceShare(previous: previous, revision: revision, users: users))
        case .pulse:
            guard let revision = reader.number() else { return nil }
            self = .pulse(revision: revision)
        case .question: self = .question
        }
    }

    private static func users(_ reader: inout BusReader) -> [String: Int?]? {
        guard let count = reader.count() else { return nil }
        var users: [String: Int?] = [:]
        for _ in 0..<count {
            // No user has more connections than fit into 32 bits, and sums of them stay small.
            guard let user = reader.text(), let number = reader.number(), number <= 1 << 32 else {
                return nil
            }
            users.updateValue(number == 0 ? nil : Int(number - 1), forKey: user)
        }
        return users
    }
}
