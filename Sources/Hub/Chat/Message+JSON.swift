/// A message's JSON: the nine fields that clients rely on, and those that follow where they apply.
extension Message {
    /// Beyond this a number isn't exact in JavaScript.
    private static let numberMaximum: Int64 = 1 << 53

    /// A message object's fields without those that only history knows.
    ///
    /// `id roomId userId content type timestamp editedAt reactions threadId` are always there.
    func write(into object: inout JSONObjectWriter) {
        object.write("id", id)
        object.write("roomId", room)
        object.write("userId", user)
        object.write("content", content)
        object.write("type", kind.rawValue)
        object.write("timestamp", timestamp)
        if let editedAt {
            object.write("editedAt", editedAt)
        } else {
            object.writeNull("editedAt")
        }
        object.write("reactions") { Self.encode(reactions, into: &$0) }
        if let thread {
            object.write("threadId", thread)
        } else {
            object.writeNull("threadId")
        }
        object.write("number", number)
        if !mentions.isEmpty { object.write("mentions", mentions) }
        if let deletedAt { object.write("deletedAt", deletedAt) }
    }

    /// The `data` of a `message` event.
    func json() -> [UInt8] {
        var object = JSONObjectWriter(reserving: 256 + content.utf8.count)
        write(into: &object)
        return object.finish()
    }

    /// Reads what `json` wrote; nil when a field is missing or of the wrong type.
    init?(_ json: JSON) {
        guard let id = json["id"]?.recordID, let room = json["roomId"]?.string,
            let user = json["userId"]?.string, let content = json["content"]?.string,
            let kind = json["type"]?.string.flatMap(Kind.init(rawValue:)),
            let timestamp = json["timestamp"]?.timestamp,
            let number = json["number"]?.int, (1...Self.numberMaximum).contains(number),
            let reactions = Self.reactions(json["reactions"] ?? .null),
            let editedAt = json.optional("editedAt", \.timestamp),
            let deletedAt = json.optional("deletedAt", \.timestamp),
            let thread = json.optional("threadId", \.recordID),
            let mentions = json.optional("mentions", \.strings)
        else { return nil }
        self.init(
            id: id,
            room: room,
            user: user,
            content: content,
            kind: kind,
            timestamp: timestamp,
            editedAt: editedAt,
            deletedAt: deletedAt,
            thread: thread,
            mentions: mentions ?? [],
            reactions: reactions,
            number: number
        )
    }

    /// `{"👍":["bob"]}`: who reacted with what, as an object that keeps its order.
    package static func encode(_ reactions: [Reactions], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, reaction) in reactions.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSON.encode(reaction.emoji, into: &bytes)
            bytes.append(UInt8(ascii: ":"))
            JSONObjectWriter.encode(reaction.users, into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Reads what `encode` wrote; nil when it is anything but an object of lists of strings.
    package static func reactions(_ json: JSON) -> [Reactions]? {
        guard case .object(let members) = json else { return nil }
        var reactions: [Reactions] = []
        reactions.reserveCapacity(members.count)
        for member in members {
            guard let users = member.value.strings else { return nil }
            reactions.append(Reactions(emoji: member.key, users: users))
        }
        return reactions
    }
}
