/// One room of the archive in memory: its messages as they are after all events.
struct ArchivedRoom: Sendable {
    let topic: TopicID
    private let epoch: Epoch
    private(set) var profile: RoomProfile
    private(set) var roster = Roster()
    private var bans = Sanctions()
    private var createdAt: Timestamp?
    private var createdBy: String?
    /// In the order of their ids.
    private var messages: [Message] = []
    private var offsets: [RecordID: Offset] = [:]
    private var pins: [RecordID] = []
    private var followers: [RecordID: [String]] = [:]

    init(topic: TopicID, epoch: Epoch) {
        self.topic = topic
        self.epoch = epoch
        profile = ChatLog(topic: topic).profile
    }

    var living: [Message] { messages.filter { $0.deletedAt == nil } }
    var lastMessage: Message? { messages.last }
    private var messageCount: Int64 = 0

    mutating func absorb(_ record: Record) {
        guard let event = ChatEvent(type: record.type, payload: record.payload) else { return }
        switch event {
        case .message(let message):
            messageCount = message.counted(after: messageCount)
            messages.append(message)
            messages.sort { $0.id < $1.id }
            offsets[message.id] = record.offset
        case .messageEdited(let edit): update(edit.message) { $0.apply(edit) }
        case .messageDeleted(let message, let at): update(message) { $0.bury(at: at) }
        case .reactionAdded(let reaction): update(reaction.message) { $0.add(reaction) }
        case .reactionRemoved(let reaction): update(reaction.message) { $0.remove(reaction) }
        case .messagePinned(let message): if !pins.contains(message) { pins.append(message) }
        case .messageUnpinned(let message): pins.removeAll { $0 == message }
        case .threadFollowed(let thread, let user):
            if followers[thread]?.contains(user) != true {
                followers[thread, default: []].append(user)
            }
        case .threadUnfollowed(let thread, let user):
            followers[thread]?.removeAll { $0 == user }
        default: absorb(membership: event, record)
        }
    }

    private mutating func absorb(membership event: ChatEvent, _ record: Record) {
        switch event {
        case .roomCreated(let profile):
            self.profile = profile
            createdAt = record.at
            createdBy = record.author
        case .roomUpdated(let profile): self.profile = profile
        case .memberJoined(let user, let role):
            roster.set(user, Roster.Membership(role: role, joinedAt: record.at))
        case .memberLeft(let user, _): roster.remove(user)
        case .roleChanged(let user, let role):
            guard let membership = roster[user] else { return }
            roster.set(user, Roster.Membership(role: role, joinedAt: membership.joinedAt))
        case .memberBanned(let user, let until, _): bans.set(user, until: until, at: record.at)
        case .memberUnbanned(let user): bans.lift(user)
        default: break
        }
    }

    private mutating func update(_ id: RecordID, _ change: (inout Message) -> Void) {
        guard let index = messages.firstIndex(where: { $0.id == id }) else { return }
        change(&messages[index])
    }

    func isReadable(for user: String, at time: Timestamp) -> Bool {
        if roster[user] != nil { return true }
        return profile.visibility == .public && !bans.hold(user, at: time)
    }

    func fact(_ id: RecordID) -> MessageFact? {
        guard let message = messages.first(where: { $0.id == id }) else { return nil }
        return MessageFact(
            message: message,
            isPinned: pins.contains(id),
            followers: followers[id] ?? []
        )
    }

    func archived(_ id: RecordID) -> ArchivedMessage? {
        guard let message = messages.first(where: { $0.id == id }) else { return nil }
        let replies = messages.filter { $0.thread == id }
        return ArchivedMessage(
            message: message,
            position: offsets[id].map { Position(epoch: epoch, offset: $0) },
            replyCount: replies.count,
            lastReplyAt: replies.last?.timestamp,
            isPinned: pins.contains(id)
        )
    }

    func threads(followedBy user: String) -> [ArchivedMessage] {
        followers.filter { $0.value.contains(user) }.compactMap { archived($0.key) }
    }

    func history(_ query: HistoryQuery) -> HistoryPage {
        let listed =
            query.thread.map { thread in messages.filter { $0.thread == thread } }
            ?? messages
        let (limit, bytes) = (max(0, query.limit), query.bytesMaximum)
        let room = PageRoom(count: limit, bytes: bytes)
        switch query.anchor {
        case .latest: return page(before: listed, room, after: [], PageRoom(count: 0))
        case .before(let id):
            let start = listed.count { $0.id < id }
            return page(before: listed[..<start], room, after: listed[start...], PageRoom(count: 0))
        case .after(let id):
            let start = listed.count { $0.id <= id }
            return page(before: listed[..<start], PageRoom(count: 0), after: listed[start...], room)
        case .around(let id):
            let start = listed.count { $0.id < id }
            return page(
                before: listed[..<start],
                PageRoom(count: limit / 2, bytes: bytes / 2),
                after: listed[start...],
                PageRoom(count: limit - limit / 2, bytes: bytes / 2)
            )
        }
    }

    private func page(
        before: some BidirectionalCollection<Message>,
        _ roomBefore: PageRoom,
        after: some Collection<Message>,
        _ roomAfter: PageRoom
    ) -> HistoryPage {
        let older = fitting(before.reversed(), roomBefore)
        let newer = fitting(after, roomAfter)
        return HistoryPage(
            messages: older.reversed() + newer,
            moreBefore: older.count < before.count,
            moreAfter: newer.count < after.count
        )
    }

    private func fitting(_ messages: some Sequence<Message>, _ room: PageRoom) -> [StoredMessage] {
        var room = room
        var fitting: [StoredMessage] = []
        for message in messages {
            guard let stored = archived(message.id)?.stored(), room.take(stored.json.count) else {
                break
            }
            fitting.append(stored)
        }
        return fitting
    }

    func unread(by user: String, after message: RecordID?, behind: Int64) -> Int64 {
        guard (1...ChatLimits.countedUnread).contains(behind) else { return max(0, behind) }
        return Int64(
            messages.count {
                $0.id > message ?? RecordID(0) && $0.user != user && $0.kind != .system
            }
        )
    }

    /// Who may not read the room is not told its last message.
    func summary(
        for user: String,
        marker: (message: RecordID, number: Int64)?,
        at time: Timestamp
    ) -> RoomSummary {
        let last = isReadable(for: user, at: time) ? lastMessage : nil
        let read = marker?.number ?? 0
        let mentions = living.count { $0.number > read && $0.mentions.contains(user) }
        return RoomSummary(
            topic: topic,
            profile: profile,
            createdAt: createdAt,
            createdBy: createdBy,
            memberCount: roster.count,
            messageCount: messageCount,
            role: roster[user]?.role,
            line: RoomSummary.Line(
                unread: unread(by: user, after: marker?.message, behind: messageCount - read),
                mentions: Int64(mentions),
                lastMessage: last.flatMap { archived($0.id)?.stored() },
                readUpTo: marker?.message
            )
        )
    }
}
