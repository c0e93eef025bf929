import Testing

@testable import Hub

@Suite("A user's own topic")
struct InboxLedgerTests {
    private static let time = Timestamp(milliseconds: 1)

    private func mark(
        _ number: Int64,
        unread: Int64,
        in room: String = "general"
    ) throws -> ReadMark {
        ReadMark(
            topic: try TopicID(.room, room),
            message: RecordID(number + 100),
            number: number,
            unread: unread
        )
    }

    private func request(
        _ user: String,
        isGuest: Bool = false,
        _ grants: Grants = .everything
    )
        -> Request
    {
        Request(principal: Principal(user: user, isGuest: isGuest, grants: grants), at: Self.time) {
            RecordID(1)
        }
    }

    private func apply(_ decision: Decision<InboxEvent>, to ledger: inout InboxLedger) {
        for (id, event) in decision.events {
            ledger.apply(event, id: id, author: "ada", at: Self.time)
        }
    }

    @Test("A marker moves forward only, and an older one succeeds without a record")
    func monotone() throws {
        var ledger = InboxLedger(topic: try TopicID("user:ada"))
        let first = try ledger.decide(.markRead(mark(5, unread: 3)), request("ada"))
        #expect(first.events.map(\.event.type) == ["read_marked"])
        #expect(first.reply == ["unread": 3])
        apply(first, to: &ledger)
        for number: Int64 in [5, 4, 0] {
            let older = try mark(number, unread: 8 - number)
            let decision = try ledger.decide(.markRead(older), request("ada"))
            #expect(decision.events.isEmpty)
            #expect(decision.reply == ["messageId": "105", "number": 5])
        }
        let other = try ledger.decide(.markRead(mark(1, unread: 0, in: "b")), request("ada"))
        #expect(other.events.count == 1)
        let later = try ledger.decide(.markRead(mark(6, unread: 2)), request("ada"))
        #expect(later.events.count == 1)
    }

    @Test("Hostile numbers don't trap")
    func hostile() throws {
        var ledger = InboxLedger(topic: try TopicID("user:ada"))
        let far = try mark(1 << 53, unread: 0)
        apply(try ledger.decide(.markRead(far), request("ada")), to: &ledger)
        let near = ReadMark(topic: far.topic, message: RecordID(1), number: .min, unread: .min)
        _ = try ledger.decide(.markRead(near), request("ada"))
    }

    @Test("Only the user may read or mark here, and a guest only where guests keep things")
    func admission() throws {
        let ledger = InboxLedger(topic: try TopicID("user:ada"))
        for command in [InboxCommand.access, .markRead(try mark(1, unread: 0))] {
            let refused = #expect(throws: Rejection.self) {
                try ledger.decide(command, request("bob"))
            }
            #expect(refused?.code == .notFound)
            let guest = #expect(throws: Rejection.self) {
                try ledger.decide(command, request("ada", isGuest: true, .nothing))
            }
            #expect(guest?.code == .forbidden)
            _ = try ledger.decide(command, request("ada", isGuest: true))
        }
    }

    @Test("The command and the event are read as they are written")
    func roundTrip() throws {
        let mark = try mark(5, unread: 3)
        #expect(try InboxLedger.command("markRead", ["data": mark.fields]) == .markRead(mark))
        let event = InboxEvent.readMarked(
            topic: "room:general",
            message: RecordID(105),
            number: 5,
            unread: 3
        )
        let payload = event.payload()
        let text = #"{"topic":"room:general","messageId":"105","unread":3,"number":5}"#
        #expect(String(decoding: payload, as: UTF8.self) == text)
        #expect(InboxEvent(type: "read_marked", payload: payload) == event)
        #expect(InboxEvent(type: "read", payload: payload) == nil)
        for count in 0..<payload.count {
            #expect(InboxEvent(type: "read_marked", payload: Array(payload[..<count])) == nil)
        }
        for action in ["post", "history", "setPreference", "preference", ""] {
            #expect(throws: Rejection.self) { try InboxLedger.command(action, [:]) }
        }
    }

    @Test("A snapshot holds every marker, and one that can't be read is refused")
    func snapshot() throws {
        let topic = try TopicID("user:ada")
        var ledger = InboxLedger(topic: topic)
        for number: Int64 in 1...50 {
            let mark = try mark(number, unread: 0, in: "r\(number)")
            apply(try ledger.decide(.markRead(mark), request("ada")), to: &ledger)
        }
        let snapshot = ledger.snapshot()
        let restored = try #require(InboxLedger(topic: topic, snapshot: snapshot))
        #expect(restored.snapshot() == snapshot)
        let again = try restored.decide(.markRead(mark(50, unread: 0, in: "r50")), request("ada"))
        #expect(again.events.isEmpty)
        for count in 0..<snapshot.count {
            #expect(InboxLedger(topic: topic, snapshot: Array(snapshot[..<count])) == nil)
        }
    }

    @Test("Markers are bounded; those that are there still move")
    func bounded() throws {
        var ledger = InboxLedger(topic: try TopicID("user:ada"))
        for number in 0..<InboxLedger.markersMaximum {
            let event = InboxEvent.readMarked(
                topic: "room:r\(number)",
                message: RecordID(1),
                number: 1,
                unread: 0
            )
            ledger.apply(event, id: RecordID(1), author: "ada", at: Self.time)
        }
        let refused = #expect(throws: Rejection.self) {
            try ledger.decide(.markRead(mark(1, unread: 0)), request("ada"))
        }
        #expect(refused?.code == .limitReached)
        let known = try mark(2, unread: 0, in: "r7")
        #expect(try ledger.decide(.markRead(known), request("ada")).events.count == 1)
    }
}
