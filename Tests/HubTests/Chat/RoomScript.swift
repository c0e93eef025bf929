import Synchronization

@testable import Hub

/// Plays commands on a room as its actor would: decides, applies, and keeps the records.
struct RoomScript {
    private(set) var log: ChatLog
    private(set) var records: [Record] = []
    let topic: TopicID
    let archive: InMemoryChatArchive
    var now = Timestamp(milliseconds: 1_795_400_000_000)
    /// Whose grants are not those that everybody has.
    var grants: [String: Grants] = [:]
    var guests: Set<String> = []
    private static let ids = RecordIDs()

    static let moderate = Grants(
        rules: [Grants.Rule(pattern: "*", actions: ["*", "moderate"])]
    )

    init(_ name: String = "general") throws {
        topic = try TopicID(.room, name)
        log = ChatLog(topic: topic)
        archive = InMemoryChatArchive { Timestamp(milliseconds: 1_795_400_000_000) }
    }

    func principal(_ user: String) -> Principal {
        Principal(
            user: user,
            isGuest: guests.contains(user),
            grants: grants[user] ?? .everything
        )
    }

    /// Carries out a command that must be fine.
    @discardableResult
    mutating func ask(_ user: String, _ command: ChatCommand) throws -> Decision<ChatEvent> {
        now.milliseconds += 1
        let at = now
        let request = Request(principal: principal(user), at: at) { Self.ids.next(at: at) }
        learn(command)
        let decision = try log.decide(command, request)
        for (id, event) in decision.events {
            log.apply(event, id: id, author: user, at: at)
            let offset = Offset(records.count + 1)
            let draft = Draft(id: id, author: user, at: at, key: nil, event: event)
            records.append(Record(draft, offset: offset))
            archive.absorb([Record(draft, offset: offset)], of: topic)
        }
        log.settle()
        return decision
    }

    /// What another node took, which knew of so many messages then.
    @discardableResult
    mutating func hear(_ content: String, from user: String, number: Int64) -> RecordID {
        let id = Self.ids.next(at: now)
        let message = Message(
            id: id,
            room: String(topic.name),
            user: user,
            content: content,
            kind: .text,
            timestamp: now,
            number: number
        )
        let event = ChatEvent.message(message)
        log.apply(event, id: id, author: user, at: now)
        log.settle()
        let draft = Draft(id: id, author: user, at: now, key: nil, event: event)
        records.append(Record(draft, offset: Offset(records.count + 1)))
        archive.absorb([records[records.count - 1]], of: topic)
        return id
    }

    /// The code of the refusal; nil when the command was carried out.
    mutating func refusal(_ user: String, _ command: ChatCommand) -> RejectionCode? {
        do {
            try ask(user, command)
            return nil
        } catch {
            return (error as? Rejection)?.code
        }
    }

    /// Posts, and gives the message's id.
    @discardableResult
    mutating func post(
        _ user: String,
        _ content: String = "hi",
        thread: RecordID? = nil
    ) throws -> RecordID {
        let decision = try ask(user, .post(content: content, kind: .text, thread: thread))
        return decision.events[0].id
    }

    @discardableResult
    mutating func create(
        _ user: String = "ada",
        _ visibility: RoomProfile.Visibility = .public,
        members: [String] = []
    ) throws -> Decision<ChatEvent> {
        try ask(user, .create(RoomWish(visibility: visibility, members: members)))
    }

    func member(_ user: String) -> Role? { log.roster[user]?.role }

    /// Fetches as the turn does, but from a room that may have been loaded anew.
    private mutating func learn(_ command: ChatCommand) {
        let ids = log.needs(command)
        guard !ids.isEmpty else { return }
        log.learn(archive.facts(ids, in: topic))
    }

    /// Goes on with a room that was loaded from a snapshot at a record and the rest of the records.
    mutating func reload(snapshotAfter count: Int) throws {
        var early = ChatLog(topic: topic)
        for record in records[..<count] { try Self.replay(record, on: &early) }
        early.settle()
        guard var loaded = ChatLog(topic: topic, snapshot: early.snapshot()) else {
            throw Unreadable()
        }
        for record in records[count...] { try Self.replay(record, on: &loaded) }
        loaded.settle()
        log = loaded
    }

    private static func replay(_ record: Record, on log: inout ChatLog) throws {
        guard let event = ChatEvent(type: record.type, payload: record.payload) else {
            throw Unreadable()
        }
        log.apply(event, id: record.id, author: record.author, at: record.at)
    }

    /// A record or snapshot that can't be read back.
    struct Unreadable: Error {}
}

extension Decision where Happening == ChatEvent {
    /// The names of its events, without what is announced for people.
    var types: [String] {
        events.map(\.event).filter { event in
            if case .message(let message) = event { message.kind != .system } else { true }
        }
        .map(\.type)
    }

    /// What is announced for people.
    var announcement: String? {
        for case (_, .message(let message)) in events where message.kind == .system {
            return message.content
        }
        return nil
    }

    var noticed: [String] { notices.map { "\($0.ephemeral.event) \($0.user)" } }
}
