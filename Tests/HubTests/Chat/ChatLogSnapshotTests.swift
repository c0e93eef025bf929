import Testing

@testable import Hub

@Suite("A room's snapshot")
struct ChatLogSnapshotTests {
    private func eventful() throws -> RoomScript {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob", "mia"])
        try room.ask("ada", .role(user: "mia", role: .moderator))
        let message = try room.post("bob", "a \"quoted\" @mia")
        try room.ask("mia", .pin(message: message))
        try room.ask("bob", .react(message: message, emoji: "👍"))
        try room.ask("mia", .mute(user: "bob", until: nil))
        let later = Timestamp(milliseconds: room.now.milliseconds + 100_000)
        try room.ask("mia", .ban(user: "eve", until: later, reason: "r"))
        try room.ask("mia", .ban(user: "bob", until: nil, reason: nil))
        try room.ask("ada", .update(RoomWish(title: "é", visibility: .private)))
        try room.post("ada")
        return room
    }

    @Test("A snapshot at any record and the rest of them make the same state as all of them")
    func anywhere() throws {
        let room = try eventful()
        for count in 0...room.records.count {
            var reloaded = room
            try reloaded.reload(snapshotAfter: count)
            #expect(reloaded.log.snapshot() == room.log.snapshot(), "after \(count)")
        }
    }

    @Test("Everything that decides is in it")
    func complete() throws {
        let room = try eventful()
        let log = try #require(ChatLog(topic: room.topic, snapshot: room.log.snapshot()))
        #expect(log.exists)
        #expect(log.profile == room.log.profile)
        #expect(log.creation == room.log.creation)
        #expect(log.roster == room.log.roster)
        #expect(log.bans == room.log.bans)
        #expect(log.mutes == room.log.mutes)
        #expect(log.pins == room.log.pins)
        #expect(log.messageCount == room.log.messageCount)
        #expect(log.bans.list.map(\.user) == ["bob", "eve"])
        #expect(log.mutes.list.map(\.user) == ["bob"])
        #expect(log.roster.ownerCount == 1)
    }

    @Test("A snapshot that is cut, changed or of another version is refused or read, never a trap")
    func hostile() throws {
        let room = try eventful()
        let snapshot = room.log.snapshot()
        for count in 0..<snapshot.count {
            #expect(ChatLog(topic: room.topic, snapshot: Array(snapshot[..<count])) == nil)
        }
        var dice = Dice(seed: 3)
        for _ in 0..<2000 {
            var changed = snapshot
            changed[dice.roll(0..<changed.count)] = UInt8(dice.roll(0..<256))
            if let log = ChatLog(topic: room.topic, snapshot: changed) {
                #expect(ChatLog(topic: room.topic, snapshot: log.snapshot()) != nil)
            }
        }
        let text = String(decoding: snapshot, as: UTF8.self)
        let other = text.replacing("\"version\":1", with: "\"version\":2")
        #expect(ChatLog(topic: room.topic, snapshot: Array(other.utf8)) == nil)
    }
}
