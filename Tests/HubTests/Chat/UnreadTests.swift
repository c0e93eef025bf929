import Testing

@testable import Hub

/// If these fail, people are called to rooms where there is nothing for them to read.
@Suite("What is unread")
struct UnreadTests {
    private func unread(_ room: RoomScript, for user: String) async throws -> JSON? {
        let query = RoomQuery(user: user, scope: .mine, after: nil, limit: 10)
        let line = try #require(try await room.archive.rooms(query).rooms.first)
        return try JSONParser.parse(line.json)["unread"]
    }

    private func mark(
        _ message: RecordID,
        _ number: Int64,
        by user: String,
        _ room: RoomScript
    )
        throws
    {
        let event = InboxEvent.readMarked(
            topic: room.topic.text,
            message: message,
            number: number,
            unread: 0
        )
        let draft = Draft(id: RecordID(1), author: user, at: room.now, key: nil, event: event)
        room.archive.absorb([Record(draft, offset: 1)], of: try TopicID(of: user))
    }

    @Test("One's own messages and the system's are not, before a marker and behind it")
    func own() async throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob"])
        let first = try room.post("bob", "one")
        try room.post("ada", "two")
        // Announced by a message of the system.
        try room.ask("cem", .enter)
        try room.post("bob", "three")
        #expect(try await unread(room, for: "ada") == 2)
        #expect(try await unread(room, for: "bob") == 1)
        #expect(try await unread(room, for: "cem") == 3)
        try mark(first, 1, by: "ada", room)
        try mark(first, 1, by: "bob", room)
        #expect(try await unread(room, for: "ada") == 1)
        #expect(try await unread(room, for: "bob") == 1)
    }

    @Test("Messages that two nodes took at the same moment are two, though their numbers are one")
    func simultaneous() async throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob"])
        let first = try room.post("bob", "one")
        room.hear("one, elsewhere", from: "bob", number: 1)
        #expect(room.log.messageCount == 2)
        #expect(try await unread(room, for: "ada") == 2)
        try mark(first, 1, by: "ada", room)
        #expect(try await unread(room, for: "ada") == 1)
        let next = try room.ask("bob", .post(content: "three", kind: .text, thread: nil))
        guard case .message(let message) = next.events[0].event else {
            Issue.record("It is no message.")
            return
        }
        #expect(message.number == 3)
    }

    @Test("Of very many all are counted, as nobody counts them one by one")
    func many() async throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob"])
        for _ in 0..<ChatLimits.countedUnread { try room.post("ada") }
        #expect(try await unread(room, for: "ada") == 0)
        try room.post("ada")
        #expect(try await unread(room, for: "ada") == .int(ChatLimits.countedUnread + 1))
    }
}
