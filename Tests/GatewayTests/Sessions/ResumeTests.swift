import Hub
import Testing

@testable import Gateway

/// If these fail, a client that comes back has gaps.
@Suite("Resuming many topics", .serialized)
struct ResumeTests {
    @Test("A topic is resumed once: its state may be large")
    func once() throws {
        let entry: JSON = ["topic": "doc:large"]
        #expect(try ResumeToken.entries([entry, ["topic": "doc:other"]]).count == 2)
        #expect(throws: Rejection.self) { try ResumeToken.entries([entry, entry]) }
    }

    @Test("One hello restores all topics; its reply comes before their events")
    func manyTopics() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.pageMaximum = 3
        try await HubUnderTest.with(settings) { hub in
            let writer = try ClientWebSocket(hub)
            var entries: [JSON] = []
            for number in 0..<40 {
                let topic = "room:r\(number)"
                for count in 1...5 { try writer.post("\(count)", in: topic) }
                let epoch = try Position(try writer.ask("join", topic).position).epoch
                try writer.ask("leave", topic)
                let since = Position(epoch: epoch, offset: UInt64(number % 6)).description
                entries.append(["topic": .string(topic), "since": .string(since)])
            }
            entries.append(["topic": "room:new"])
            let ada = try ClientWebSocket(hub)
            try ada.begin("hello", nil, ["resume": .array(entries)])
            let reply = try ada.next()
            let resumed = try #require(reply["ok"]?["resumed"]?.array)
            #expect(resumed.count == 41)
            #expect(resumed[7]["topic"] == "room:r7")
            for number in 0..<40 {
                let first = number % 6 + 1
                for offset in first..<6 {
                    let event = try ada.event("message", topic: "room:r\(number)")
                    #expect(event.offset == UInt64(offset))
                }
            }
            try writer.post("hi", in: "room:new")
            #expect(try ada.event("message", topic: "room:new").offset == 1)
            try ada.roundTrip()
            #expect(ada.messages.isEmpty)
        }
    }

    @Test("What happens while a hello resumes comes after its reply and is not lost")
    func duringResume() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        try await HubUnderTest.with(settings) { hub in
            let writer = try ClientWebSocket(hub)
            try writer.post("1", in: "room:held")
            journal.holdAppends()
            try writer.begin("post", "room:held", ["data": ["content": "2"]])
            #expect(hub.settles { journal.waitingAppends == 1 })
            let ada = try ClientWebSocket(hub)
            try ada.begin(
                "hello",
                nil,
                [
                    "resume": [
                        ["topic": "room:free", "presence": true],
                        ["topic": "room:held", "since": "0"],
                    ]
                ]
            )
            // The first is joined, the second waits: what the first shows meanwhile waits too.
            #expect(hub.settles { hub.instruments.subscriptions.value == 1 })
            journal.letGo()
            #expect(try ada.next()["id"] != nil)
            #expect(try ada.event("message", topic: "room:held").offset == 1)
            #expect(try ada.event("message", topic: "room:held").offset == 2)
        }
    }

    @Test("An entry that may not be joined has its own error; one that can't be read refuses all")
    func errors() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            let mixed = try ada.ask(
                "hello",
                nil,
                ["resume": [["topic": "user:somebody"], ["topic": "room:a"]]]
            )
            let resumed = try #require(mixed["ok"]?["resumed"]?.array)
            #expect(resumed[0]["error"]?["code"]?.string != nil)
            #expect(resumed[1]["position"] != nil)
            for broken: JSON in [
                [["topic": "room:a", "since": "?"]], [["topic": "nonsense"]], [[:]], ["x"], "!!", 7,
            ] {
                #expect(try ada.ask("hello", nil, ["resume": broken])["error"] != nil)
            }
            let many = JSON.array(Array(repeating: ["topic": "room:a"], count: 129))
            #expect(try ada.ask("hello", nil, ["resume": many]).code == "too_large")
            #expect(try ada.ask("hello", nil, ["resume": []])["ok"]?["resumed"] == [])
        }
    }
}
