import Hub
import Testing

@testable import Gateway

/// If it fails, the promise of the log is broken: a member missed an event or got one twice.
@Suite("Members that come and go while others write", .serialized)
struct CatchUpPropertyTests {
    /// One member, what it has seen and what it may see next.
    private final class Member {
        var client: ClientWebSocket?
        var isJoined = false
        var last: Position?
        var seen = 0

        /// Checks that what came is the next, each time.
        func check() throws {
            guard let client else { return }
            try client.pump()
            while !client.messages.isEmpty { check(try client.next()) }
        }

        /// The same up to a reply, which is returned.
        func check(until id: JSON) throws -> JSON {
            guard let client else { return .null }
            while true {
                let message = try client.next()
                if message["id"] == id { return message }
                check(message)
            }
        }

        private func check(_ message: JSON) {
            guard message["event"]?.string == "message", let offset = message.offset else { return }
            #expect(isJoined && offset == (last?.offset ?? 0) + 1)
            last?.offset = offset
            seen += 1
        }
    }

    @Test(
        "Each sees every offset once and in order, from where it was on",
        arguments: zip(1...6, [0, 0, 0, 0, 15, 40])
    )
    func property(seed: UInt64, writeMilliseconds: Int64) async throws {
        var settings = HubUnderTest.Settings()
        settings.links.pageMaximum = 5
        settings.links.lagBytes = 20_000
        try await HubUnderTest.with(settings) { hub in
            // Of many such writes, members are told with pauses.
            hub.setWriteDuration(.milliseconds(writeMilliseconds))
            var random = SeededGenerator(seed: seed)
            let topic = "room:property"
            let writers = try (0..<3).map { _ in try ClientWebSocket(hub) }
            let members = (0..<6).map { _ in Member() }
            var posted: UInt64 = 0
            for _ in 0..<1_500 {
                let writer = writers[Int.random(in: 0..<3, using: &random)]
                if Int.random(in: 0..<3, using: &random) > 0 {
                    let length = Int.random(in: 1...900, using: &random)
                    let content = String(repeating: "x", count: length)
                    try writer.send([
                        "action": "post", "topic": .string(topic),
                        "data": ["content": .string(content)],
                    ])
                    posted += 1
                }
                try Self.act(members[Int.random(in: 0..<6, using: &random)], hub, topic, &random)
            }
            for writer in writers { try writer.roundTrip() }
            #expect(hub.settles { (try? hub.head(of: topic)) == posted })
            for member in members {
                if member.isJoined == false { try Self.join(member, hub, topic) }
                #expect(
                    hub.settles {
                        try? member.check()
                        return member.last?.offset == posted
                    },
                    "stands at \(member.last?.offset ?? 0) of \(posted)"
                )
                #expect(member.seen > 0)
            }
        }
    }

    private static func act(
        _ member: Member,
        _ hub: HubUnderTest,
        _ topic: String,
        _ random: inout SeededGenerator
    ) throws {
        try member.check()
        switch Int.random(in: 0..<12, using: &random) {
        case 0: try leave(member, topic)
        case 1:
            member.client?.socket.cut()
            (member.client, member.isJoined) = (nil, false)
        case 2:
            try member.check()
            try join(member, hub, topic)
        default:
            if !member.isJoined { try join(member, hub, topic) }
        }
    }

    private static func leave(_ member: Member, _ topic: String) throws {
        guard let client = member.client, member.isJoined else { return }
        let id = try client.begin("leave", topic)
        // What was under way before the leave still counts; behind the reply nothing comes.
        #expect(try member.check(until: id)["ok"] != nil)
        member.isJoined = false
    }

    /// Joins, or joins again from where the member stands.
    private static func join(_ member: Member, _ hub: HubUnderTest, _ topic: String) throws {
        let client = try member.client ?? ClientWebSocket(hub)
        member.client = client
        let since = member.last
        var fields: JSON = [:]
        if let since { fields.append("since", .string(since.description)) }
        let reply = try member.check(until: try client.begin("join", topic, fields))
        #expect(reply["ok"]?["reset"] == nil)
        // A second join goes on from its own since, whatever the first one sent meanwhile.
        member.last = try since ?? Position(reply.position)
        member.isJoined = true
    }
}

extension HubUnderTest {
    /// The last offset in the journal.
    func head(of topic: String) throws -> UInt64 {
        let id = try TopicID(topic)
        return try waiting { [journal] in try await journal.head(of: id).offset }
    }

    /// What an asynchronous call gives, for a test that blocks its own thread.
    func waiting<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let answer = Answered<Value>()
        Task {
            do {
                answer.set(.success(try await body()))
            } catch {
                answer.set(.failure(error))
            }
        }
        guard settles({ answer.value != nil }), let value = answer.value else {
            throw SocketError.ended("waiting for an answer")
        }
        return try value.get()
    }
}
