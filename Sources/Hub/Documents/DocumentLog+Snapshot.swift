import CRDT

/// A document's snapshot: a head in JSON, and the state in the second format, what waits included.
///
///     4D 01, four bytes of length (least first), head, state
extension DocumentLog {
    private static let magic: [UInt8] = [0x4D, 0x01]

    package func snapshot() -> [UInt8] {
        let head = self.head
        var bytes = Self.magic
        for shift in stride(from: 0, to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: head.count >> shift))
        }
        return bytes + head + document.encodeStateV2(includingPending: true)
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let (head, state) = Self.parts(of: snapshot), read(head),
            let update = try? YUpdate(v2: state, limits: .storage)
        else { return nil }
        document.apply(update)
        snapshotBytes = snapshot.count
    }

    /// The state in a snapshot, in the second format.
    package static func state(in snapshot: [UInt8]) -> [UInt8]? {
        parts(of: snapshot)?.state
    }

    /// Whether it is of a document that was deleted.
    static func isDeleted(in snapshot: [UInt8]) -> Bool {
        parts(of: snapshot)?.head["deleted"]?.bool ?? false
    }

    private static func parts(of snapshot: [UInt8]) -> (head: JSON, state: [UInt8])? {
        guard snapshot.count >= 6, Array(snapshot[..<2]) == magic else { return nil }
        var length = 0
        for index in 0..<4 { length |= Int(snapshot[2 + index]) << (8 * index) }
        guard length <= snapshot.count - 6,
            let head = try? JSONParser.parse(Array(snapshot[6..<6 + length]))
        else { return nil }
        return (head, Array(snapshot[(6 + length)...]))
    }

    /// Clients are rows of number, user's place, updates, first and last: they may be many.
    private var head: [UInt8] {
        var places: [String: Int64] = [:]
        var users: [JSON] = []
        var rows: [JSON] = []
        for (client, writer) in writers.sorted(by: { $0.key < $1.key }) {
            let place = places[writer.user] ?? Int64(users.count)
            if places.updateValue(place, forKey: writer.user) == nil {
                users.append(.string(writer.user))
            }
            rows.append([
                .int(Int64(clamping: client)), .int(place), .int(writer.updates),
                .int(writer.first.milliseconds),
                .int(writer.last.milliseconds - writer.first.milliseconds),
            ])
        }
        let head: JSON = [
            "title": .string(title),
            "deleted": .bool(isDeleted),
            "createdAt": created.map { .int($0.at.milliseconds) } ?? .null,
            "createdBy": created.map { .string($0.by) } ?? .null,
            "updatedAt": updated.map { .int($0.at.milliseconds) } ?? .null,
            "updatedBy": updated.map { .string($0.by) } ?? .null,
            "updates": .int(updates),
            "users": .array(users),
            "clients": .array(rows),
        ]
        return head.encoded()
    }

    private mutating func read(_ head: JSON) -> Bool {
        guard let title = head["title"]?.string, let isDeleted = head["deleted"]?.bool,
            let users = head["users"]?.strings, let rows = head["clients"]?.array
        else { return false }
        self.title = title
        self.isDeleted = isDeleted
        if let at = head["createdAt"]?.timestamp, let by = head["createdBy"]?.string {
            created = (at, by)
        }
        updated = created
        if let at = head["updatedAt"]?.timestamp, let by = head["updatedBy"]?.string {
            updated = (at, by)
        }
        updates = head["updates"]?.int ?? 0
        for row in rows {
            guard let fields = row.array, fields.count == 5, let client = fields[0].int,
                let place = fields[1].int, let updates = fields[2].int,
                let first = fields[3].timestamp, let length = fields[4].int, length >= 0,
                client >= 0, users.indices.contains(Int(place))
            else { return false }
            let (last, isTooLate) = first.milliseconds.addingReportingOverflow(length)
            guard !isTooLate else { return false }
            writers[UInt64(client)] = Writer(
                user: users[Int(place)],
                updates: updates,
                first: first,
                last: Timestamp(milliseconds: last)
            )
        }
        return true
    }
}
