import Hub
import Testing

@testable import Gateway

/// If these fail, a restart of a hub costs its clients events.
@Suite("Draining a hub", .serialized)
struct DrainTests {
    @Test("Clients are told to move, with a token that another hub goes on from")
    func moves() async throws {
        let journal = InMemoryJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        let token = Answered<JSON>()
        try await HubUnderTest.with(settings) { hub in
            let ada = try ClientWebSocket(hub, .init(target: "/ws?name=ada"))
            let writer = try ClientWebSocket(hub)
            for number in 1...3 { try writer.post("\(number)", in: "room:a") }
            try ada.ask("join", "room:a", ["since": "0"])
            try ada.ask("join", "room:b", ["presence": true])
            for _ in 1...3 { _ = try ada.event("message") }
            let draining = Answered<Bool>()
            hub.drain(over: .seconds(1), draining)
            let notice = try ada.event("draining")
            #expect(notice["data"]?["after"]?.int ?? 0 > 0)
            token.set(.success(notice["data"]?["resume"] ?? .null))
            let late = try ClientSocket(hub.address)
            try late.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(String(decoding: try late.rest(), as: UTF8.self).hasPrefix("HTTP/1.1 503"))
            #expect(try ada.closing() == 4000)
            #expect(try writer.closing() == 4000)
            #expect(hub.settles { draining.value != nil })
        }
        try await HubUnderTest.with(settings) { hub in
            let writer = try ClientWebSocket(hub)
            try writer.post("4", in: "room:a")
            let ada = try ClientWebSocket(hub, .init(target: "/ws?name=ada"))
            let resume = try #require(try token.value?.get())
            let reply = try ada.ask("hello", nil, ["resume": resume])
            #expect(reply["ok"]?["resumed"]?.array?.count == 2)
            #expect(try ada.event("message").offset == 4)
            try ada.roundTrip()
            #expect(!ada.messages.contains { $0["event"] == "message" })
            #expect(reply["ok"]?["resumed"]?.array?[1]["members"]?.array?.count == 1)
        }
    }

    @Test("A topic that is being joined when the hub drains is gone on with as it was asked for")
    func whileJoining() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        try await HubUnderTest.with(settings) { hub in
            let writer = try ClientWebSocket(hub)
            try writer.post("1", in: "room:a")
            journal.holdAppends()
            try writer.begin("post", "room:a", ["data": ["content": "2"]])
            #expect(hub.settles { journal.waitingAppends == 1 })
            let ada = try ClientWebSocket(hub)
            try ada.begin("join", "room:a")
            try ada.begin("join", "room:b", ["since": "1:1"])
            try ada.roundTrip()
            hub.drain(over: .seconds(1), Answered<Bool>())
            let notice = try ada.event("draining")
            let token = try #require(notice["data"]?["resume"])
            let entries = try ResumeToken.entries(token)
            let first = try #require(entries.first { $0.topic.text == "room:a" })
            // Not from the beginning of time.
            #expect(first.since == nil)
            journal.letGo()
        }
    }
}

extension HubUnderTest {
    /// Begins to drain; the answer says when it has ended.
    func drain(over window: Duration, _ ended: Answered<Bool>) {
        Task { [entrance] in
            await entrance.drain(over: window)
            ended.set(.success(true))
        }
    }
}
