import Hub
import JournalContract

/// Throws random happenings of rooms and inboxes, such as ledgers would allow.
struct ChatDice {
    static let users = ["ada", "bob", "cyd", "dan", "eve"]
    /// None is a part of another, so that looking for parts of words and for beginnings of words
    /// finds the same.
    static let words = ["alpha", "beta", "gamma", "delta", "omega", "kappa", "sigma", "lambda"]

    struct Throw {
        let topic: TopicID
        let draft: Draft
    }

    private struct Posted {
        let id: RecordID
        let isReply: Bool
        var isDeleted = false
    }

    let rooms: [TopicID]
    private var random: SeededGenerator
    private var time: Int64 = 1_795_400_000_000
    private var lastID: Int64 = 7_260_142_382_817_280
    private var posted: [TopicID: [Posted]] = [:]
    private var marks: [String: Int64] = [:]
    /// Ids that a question may be about: of messages, and some that are of none.
    private(set) var ids: [RecordID] = [RecordID(1), RecordID(7_260_142_382_817_281)]

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        rooms = try ["one", "two", "three", "dm:ada~bob"].map { name throws(Rejection) in
            try TopicID(.room, name)
        }
    }

    var now: Timestamp { Timestamp(milliseconds: time) }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func roll() -> Throw {
        time += Int64(number(0...40))
        lastID += Int64(number(1...5000))
        let room = pick(rooms)
        let author = pick(Self.users)
        if number(0...9) == 0, let marked = mark(room, by: author) { return marked }
        let event = happening(in: room, by: author)
        return Throw(topic: room, draft: draft(event, by: author))
    }

    mutating func content() -> String {
        var words = Self.words.shuffled(using: &random).prefix(number(1...6)).map(\.self)
        if number(0...3) == 0 { words.append("@" + pick(Self.users)) }
        if number(0...5) == 0 { words.insert("\"quoted\" \\ \u{1F44D} né\n", at: 0) }
        return words.joined(separator: " ")
    }

    private func draft(_ event: any Event, by author: String) -> Draft {
        Draft(id: RecordID(lastID), author: author, at: now, key: nil, event: event)
    }

    private mutating func happening(in room: TopicID, by author: String) -> ChatEvent {
        let living = (posted[room] ?? []).filter { !$0.isDeleted }
        switch number(0...29) {
        case 0: return .roomCreated(profile(room))
        case 1: return .roomUpdated(profile(room))
        case 2, 3: return .memberJoined(user: pick(Self.users), role: pick([.member, .owner]))
        case 4: return .memberLeft(user: pick(Self.users), reason: .left)
        case 5: return .roleChanged(user: pick(Self.users), role: .moderator)
        case 6:
            let until =
                Bool.random(using: &random)
                ? Timestamp(milliseconds: time + Int64(number(0...400))) : nil
            return .memberBanned(user: pick(Self.users), until: until, reason: nil)
        case 7: return .memberUnbanned(user: pick(Self.users))
        case 8: return .memberMuted(user: author, until: nil)
        case 9...19 where !living.isEmpty: return change(of: pick(living), in: room, by: author)
        default: return post(in: room, by: author, living)
        }
    }

    private mutating func change(
        of message: Posted,
        in room: TopicID,
        by author: String
    ) -> ChatEvent {
        let id = message.id
        let reaction = ChatEvent.Reaction(
            message: id,
            emoji: pick(["👍", "🎉", "\"", "ok"]),
            user: author,
            count: 1
        )
        switch number(0...11) {
        case 0, 1:
            return .messageEdited(
                ChatEvent.Edit(
                    message: id,
                    content: content(),
                    editedAt: now,
                    mentions: number(0...1) == 0 ? [] : [pick(Self.users)]
                )
            )
        case 2:
            if let index = posted[room]?.firstIndex(where: { $0.id == id }) {
                posted[room]?[index].isDeleted = true
            }
            return .messageDeleted(message: id, at: now)
        case 3...6: return .reactionAdded(reaction)
        case 7: return .reactionRemoved(reaction)
        case 8: return .messagePinned(message: id)
        case 9: return .messageUnpinned(message: id)
        case 10: return .threadFollowed(thread: id, user: author)
        default: return .threadUnfollowed(thread: id, user: author)
        }
    }

    private mutating func post(
        in room: TopicID,
        by author: String,
        _ living: [Posted]
    ) -> ChatEvent {
        let roots = living.filter { !$0.isReply }
        let root = roots.isEmpty || number(0...2) > 0 ? nil : pick(roots)
        let count = (posted[room]?.count ?? 0) + 1
        posted[room, default: []].append(Posted(id: RecordID(lastID), isReply: root != nil))
        ids.append(RecordID(lastID))
        return .message(
            Message(
                id: RecordID(lastID),
                room: String(room.name),
                user: author,
                content: content(),
                kind: pick([.text, .text, .image, .system]),
                timestamp: now,
                thread: root?.id,
                mentions: number(0...3) == 0 ? [pick(Self.users)] : [],
                number: Int64(count)
            )
        )
    }

    private mutating func mark(_ room: TopicID, by user: String) -> Throw? {
        guard let messages = posted[room], let topic = try? TopicID(.user, user) else { return nil }
        let index = number(0...(messages.count - 1))
        let earlier = marks[user + room.text] ?? 0
        guard Int64(index + 1) > earlier else { return nil }
        marks[user + room.text] = Int64(index + 1)
        let event = InboxEvent.readMarked(
            topic: room.text,
            message: messages[index].id,
            number: Int64(index + 1),
            unread: Int64(messages.count - index - 1)
        )
        return Throw(topic: topic, draft: draft(event, by: user))
    }

    private mutating func profile(_ room: TopicID) -> RoomProfile {
        let isDirect = room.name.hasPrefix("dm:")
        return RoomProfile(
            title: "Room \(number(0...9))",
            purpose: pick(["", "to talk"]),
            visibility: isDirect ? .direct : pick([.public, .public, .private])
        )
    }
}
