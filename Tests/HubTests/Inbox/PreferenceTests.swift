import Testing

@testable import Hub

/// If these fail, what a user's pages keep is lost, grows without bound, or is read by others.
@Suite("Preferences")
struct PreferenceTests {
    private func ledger() throws -> InboxLedger { InboxLedger(topic: try TopicID("user:ada")) }

    private func request(_ user: String = "ada", isGuest: Bool = false) -> Request {
        let grants: Grants = isGuest ? .nothing : .everything
        return Request(
            principal: Principal(user: user, isGuest: isGuest, grants: grants),
            at: Timestamp(milliseconds: 1)
        ) { RecordID(1) }
    }

    private func set(_ name: String, _ value: JSON) throws -> InboxCommand {
        try InboxLedger.command(
            "setPreference",
            ["data": ["name": .string(name), "value": value]]
        )
    }

    @discardableResult
    private func carryOut(
        _ command: InboxCommand,
        on ledger: inout InboxLedger
    ) throws -> Decision<InboxEvent> {
        let decision = try ledger.decide(command, request())
        for (id, event) in decision.events {
            // As it comes back from the log.
            let read = try #require(InboxEvent(type: event.type, payload: event.payload()))
            #expect(read == event)
            ledger.apply(read, id: id, author: "ada", at: Timestamp(milliseconds: 1))
        }
        return decision
    }

    private func value(_ name: String, in ledger: InboxLedger) throws -> String {
        let command = try InboxLedger.command("preference", ["name": .string(name)])
        let reply = try ledger.decide(command, request()).reply
        #expect(reply["name"]?.string == name)
        return String(decoding: try #require(reply["value"]).encoded(), as: UTF8.self)
    }

    @Test("A preference is kept, replaced and taken away; the same again makes no record")
    func kept() throws {
        var ledger = try ledger()
        #expect(try value("dashboards", in: ledger) == "null")
        let first: JSON = ["list": [1, "two", .null], "on": true]
        #expect(try carryOut(set("dashboards", first), on: &ledger).events.count == 1)
        #expect(try value("dashboards", in: ledger) == #"{"list":[1,"two",null],"on":true}"#)
        #expect(try carryOut(set("dashboards", first), on: &ledger).events.isEmpty)
        try carryOut(set("dashboards", 7), on: &ledger)
        #expect(try value("dashboards", in: ledger) == "7")
        try carryOut(set("dashboards", .null), on: &ledger)
        #expect(try value("dashboards", in: ledger) == "null")
        #expect(try carryOut(set("dashboards", .null), on: &ledger).events.isEmpty)
    }

    @Test("A name of 64 bytes and a value of 64 KiB are taken, a byte more is refused")
    func bounds() throws {
        var ledger = try ledger()
        let name = String(repeating: "n", count: 64)
        let full = String(repeating: "v", count: (64 << 10) - 2)
        try carryOut(set(name, .string(full)), on: &ledger)
        #expect(try value(name, in: ledger) == "\"\(full)\"")
        let large = #expect(throws: Rejection.self) { try set(name, .string(full + "v")) }
        #expect(large?.code == .tooLarge)
        for bad in ["", name + "n", "a b", "a/b", "\u{E9}", "a\n"] {
            let refused = #expect(throws: Rejection.self) { try set(bad, 1) }
            #expect(refused?.code == .badRequest, "\(bad)")
            let unread = #expect(throws: Rejection.self) {
                try InboxLedger.command("preference", ["name": .string(bad)])
            }
            #expect(unread?.code == .badRequest, "\(bad)")
        }
        let missing = #expect(throws: Rejection.self) {
            try InboxLedger.command("setPreference", ["data": ["name": "a"]])
        }
        #expect(missing?.code == .badRequest)
    }

    @Test("There are 32 names at the most; those that are there still change, and room is made")
    func countBound() throws {
        var ledger = try ledger()
        for number in 0..<32 { try carryOut(set("p\(number)", 1), on: &ledger) }
        let refused = #expect(throws: Rejection.self) {
            try ledger.decide(set("p32", 1), request())
        }
        #expect(refused?.code == .limitReached)
        try carryOut(set("p3", 2), on: &ledger)
        try carryOut(set("p4", .null), on: &ledger)
        try carryOut(set("p32", 1), on: &ledger)
        #expect(try value("p32", in: ledger) == "1")
    }

    @Test("They are nobody else's, and no guest's where guests keep nothing")
    func admission() throws {
        let ledger = try ledger()
        for command in [try set("a", 1), .preference(name: "a")] {
            let other = #expect(throws: Rejection.self) {
                try ledger.decide(command, request("bob"))
            }
            #expect(other?.code == .notFound)
            let guest = #expect(throws: Rejection.self) {
                try ledger.decide(command, request(isGuest: true))
            }
            #expect(guest?.code == .forbidden)
        }
    }

    @Test("A snapshot holds them however deep they are, and one of before them is read")
    func snapshot() throws {
        let topic = try TopicID("user:ada")
        var ledger = try ledger()
        var deep: JSON = 1
        for _ in 0..<30 { deep = [deep] }
        try carryOut(set("deep", deep), on: &ledger)
        try carryOut(set("quoted", .string("a\"b\\c\n\u{1F600}")), on: &ledger)
        let snapshot = ledger.snapshot()
        let restored = try #require(InboxLedger(topic: topic, snapshot: snapshot))
        #expect(restored.snapshot() == snapshot)
        #expect(try value("deep", in: restored) == value("deep", in: ledger))
        #expect(try value("quoted", in: restored) == value("quoted", in: ledger))
        for count in 0..<snapshot.count {
            #expect(InboxLedger(topic: topic, snapshot: Array(snapshot[..<count])) == nil)
        }
        let earlier = Array(#"{"version":1,"markers":[["room:a","5",2]]}"#.utf8)
        #expect(InboxLedger(topic: topic, snapshot: earlier) != nil)
    }
}
