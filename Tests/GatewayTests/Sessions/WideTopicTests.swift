import Hub
import Testing

@testable import Gateway

/// If these fail, members of rooms that many listen to miss what is told with pauses.
@Suite("Topics that are told with pauses", .serialized)
struct WideTopicTests {
    private static func wide(_ test: @escaping @Sendable (HubUnderTest) throws -> Void) async throws
    {
        try await HubUnderTest.with { hub in
            // A member or two take as long as thousands do.
            hub.setWriteDuration(.milliseconds(60))
            try test(hub)
        }
    }

    @Test("What comes in the pause is told behind it, whole and in order")
    func together() async throws {
        try await Self.wide { hub in
            let reader = try ClientWebSocket(hub)
            let writer = try ClientWebSocket(hub)
            try reader.ask("join", "room:wide")
            for number in 1...20 { try writer.post("\(number)", in: "room:wide") }
            for number in 1...20 {
                let event = try reader.event("message")
                #expect(event.offset == UInt64(number))
                #expect(event["data"]?["content"] == .string("\(number)"))
            }
            #expect(hub.instruments.broadcastsHeld.value > 0)
        }
    }

    @Test("Who joins in the pause gets nothing twice")
    func joining() async throws {
        try await Self.wide { hub in
            let first = try ClientWebSocket(hub)
            let writer = try ClientWebSocket(hub)
            try first.ask("join", "room:wide")
            var posted: [Position] = []
            for number in 1...4 {
                posted.append(try Position(writer.post("\(number)", in: "room:wide").position))
            }
            let late = try ClientWebSocket(hub)
            let early = try ClientWebSocket(hub)
            #expect(try Position(late.ask("join", "room:wide").position) == posted[3])
            try early.ask("join", "room:wide", ["since": .string(posted[1].description)])
            try writer.post("5", in: "room:wide")
            for (member, numbers) in [(first, 1...5), (late, 5...5), (early, 3...5)] {
                for number in numbers {
                    let event = try member.event("message")
                    #expect(event["data"]?["content"] == .string("\(number)"))
                }
                try member.roundTrip()
                #expect(!member.messages.contains { $0["event"] == "message" })
            }
        }
    }

    @Test("Who is put out has heard what came before")
    func expulsion() async throws {
        try await Self.wide { hub in
            let owner = try ClientWebSocket(hub, .init(target: "/ws?name=owner"))
            let bob = try ClientWebSocket(hub, .init(target: "/ws?name=bob"))
            try owner.ask("create", "room:wide", ["data": ["visibility": "public"]])
            try bob.ask("join", "room:wide")
            try bob.ask("enter", "room:wide")
            try owner.post("one", in: "room:wide")
            try owner.post("two", in: "room:wide")
            try owner.ask("kick", "room:wide", ["data": ["userId": "bob"]])
            #expect(try bob.event("subscription_ended")["data"]?["reason"] == "kicked")
            let heard = bob.messages.compactMap { $0["data"]?["content"]?.string }
            #expect(heard.suffix(3) == ["one", "two", "owner removed bob."])
        }
    }
}
