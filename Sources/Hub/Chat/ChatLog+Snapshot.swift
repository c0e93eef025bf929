/// How a room's state is saved, so that loading it need not read all of its records.
///
/// Facts of messages are left out: they are in the archive.
extension ChatLog {
    private static let version: Int64 = 1

    package func snapshot() -> [UInt8] {
        var object = JSONObjectWriter(reserving: 512 + roster.count * 48)
        object.write("version", Self.version)
        object.write("exists", exists)
        profile.write(into: &object)
        object.write("createdBy", creation.map { .string($0.by) } ?? .null)
        object.write("createdAt", creation.map { .int($0.at.milliseconds) } ?? .null)
        object.write("messageCount", messageCount)
        object.write("pins", .array(pins.map { .string($0.description) }))
        object.write("bans", Self.encode(bans))
        object.write("mutes", Self.encode(mutes))
        object.write("members", .array(roster.users.compactMap(encodeMember)))
        return object.finish()
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let state = try? JSONParser.parse(snapshot), state["version"]?.int == Self.version,
            let exists = state["exists"]?.bool, let profile = RoomProfile(state),
            let messageCount = state["messageCount"]?.int, messageCount >= 0,
            let pins = state["pins"]?.strings?.map({ RecordID($0) }), !pins.contains(nil),
            let bans = Self.sanctions(state["bans"]), let mutes = Self.sanctions(state["mutes"]),
            let roster = Self.roster(state["members"]),
            let createdBy = state.optional("createdBy", \.string),
            let createdAt = state.optional("createdAt", \.timestamp)
        else { return nil }
        self.exists = exists
        self.profile = profile
        self.messageCount = messageCount
        self.pins = pins.compactMap { $0 }
        self.bans = bans
        self.mutes = mutes
        self.roster = roster
        if let createdBy, let createdAt { creation = Creation(by: createdBy, at: createdAt) }
    }

    private func encodeMember(_ user: String) -> JSON? {
        guard let membership = roster[user] else { return nil }
        return [
            .string(user), .string(membership.role.rawValue),
            .int(membership.joinedAt.milliseconds),
        ]
    }

    private static func roster(_ json: JSON?) -> Roster? {
        guard let members = json?.array else { return nil }
        var roster = Roster()
        for member in members {
            guard let fields = member.array, fields.count == 3, let user = fields[0].string,
                let role = fields[1].string.flatMap(Role.init(rawValue:)),
                let joinedAt = fields[2].timestamp
            else { return nil }
            roster.set(user, Roster.Membership(role: role, joinedAt: joinedAt))
        }
        return roster
    }

    private static func encode(_ sanctions: Sanctions) -> JSON {
        .array(
            sanctions.list.map { user, until in
                [.string(user), until.map { .int($0.milliseconds) } ?? .null]
            }
        )
    }

    private static func sanctions(_ json: JSON?) -> Sanctions? {
        guard let entries = json?.array else { return nil }
        var sanctions = Sanctions()
        for entry in entries {
            guard let fields = entry.array, fields.count == 2, let user = fields[0].string else {
                return nil
            }
            let until = fields[1].timestamp
            guard until != nil || fields[1].isNull else { return nil }
            // Restored as they were; what is over is dropped when it next gets full.
            sanctions.set(user, until: until, at: Timestamp(milliseconds: 0))
        }
        return sanctions
    }
}
