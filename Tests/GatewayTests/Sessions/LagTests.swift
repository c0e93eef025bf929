import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, one slow reader costs the hub its memory, itself its history, or others time.
@Suite("Readers that are too slow", .serialized)
struct LagTests {
    private static let content = String(repeating: "m", count: 15_000)

    private static func slowReader(_ hub: HubUnderTest) throws -> ClientWebSocket {
        try ClientWebSocket(hub, .init(target: "/ws?name=slow", receiveBuffer: 4_096))
    }

    private static func post(_ count: Int, by writer: ClientWebSocket, in topics: [String]) throws {
        for _ in 0..<count {
            for topic in topics { try #require(try writer.post(content, in: topic)["ok"] != nil) }
        }
    }

    /// Reads on until the topic's offset has come, and gives all of its offsets in order.
    private static func offsets(
        _ reader: ClientWebSocket,
        _ topic: String,
        upTo last: UInt64
    ) throws -> [UInt64] {
        reader.socket.widen()
        var offsets: [UInt64] = []
        while offsets.last != last {
            offsets.append(try #require(try reader.event("message", topic: topic).offset))
        }
        return offsets
    }

    @Test("A reader that stops is told so, and then gets everything in order")
    func lags() async throws {
        try await HubUnderTest.with { hub in
            let topic = "room:lag"
            let slow = try Self.slowReader(hub)
            let quick = try ClientWebSocket(hub)
            let writer = try ClientWebSocket(hub)
            try slow.ask("join", topic, ["presence": true])
            try quick.ask("join", topic)
            // The kernel takes up to some megabytes for the reader before the hub has to queue.
            var posted: UInt64 = 0
            while hub.instruments.laggingSubscriptions.value == 0, posted < 2_000 {
                try Self.post(20, by: writer, in: [topic])
                posted += 20
                for _ in 0..<20 { _ = try quick.event("message") }
            }
            #expect(hub.instruments.laggingSubscriptions.value == 1)
            try Self.post(200, by: writer, in: [topic])
            posted += 200
            for _ in 0..<200 { _ = try quick.event("message") }
            #expect(try hub.queuedBytes() < 2 << 20)
            #expect(try Self.offsets(slow, topic, upTo: posted) == Array(1...posted))
            #expect(try slow.event("lagging", topic: topic)["position"] == nil)
            try Self.post(1, by: writer, in: [topic])
            #expect(try slow.event("message").offset == posted + 1)
            #expect(hub.settles { hub.instruments.laggingSubscriptions.value == 0 })
        }
    }

    @Test("Topics of one connection lag side by side, each without a gap")
    func manyTopics() async throws {
        try await HubUnderTest.with { hub in
            let topics = ["room:a", "room:b", "room:c"]
            let slow = try Self.slowReader(hub)
            let writer = try ClientWebSocket(hub)
            for topic in topics { try slow.ask("join", topic) }
            var posted: UInt64 = 0
            while hub.instruments.laggingSubscriptions.value < 3, posted < 700 {
                try Self.post(10, by: writer, in: topics)
                posted += 10
            }
            #expect(hub.instruments.laggingSubscriptions.value >= 1)
            #expect(try hub.queuedBytes() < 3 << 20)
            slow.socket.widen()
            var seen: [String: UInt64] = [:]
            while topics.contains(where: { seen[$0] != posted }) {
                let event = try slow.event("message")
                let topic = try #require(event["topic"]?.string)
                try #require(event.offset == seen[topic, default: 0] + 1)
                seen[topic] = event.offset
            }
        }
    }

    @Test("A topic that is joined behind another's full queue gets its own events only")
    func nextTopic() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.lagBytes = 300_000
        try await HubUnderTest.with(settings) { hub in
            let slow = try Self.slowReader(hub)
            let writer = try ClientWebSocket(hub)
            let first = try slow.ask("join", "room:first")
            #expect(first["ok"] != nil)
            var posted: UInt64 = 0
            while try hub.queuedBytes() < 250_000, posted < 1_000 {
                try Self.post(1, by: writer, in: ["room:first"])
                posted += 1
            }
            #expect(hub.instruments.laggingSubscriptions.value == 0)
            try slow.begin("leave", "room:first")
            try slow.begin("join", "room:second")
            #expect(hub.settles { hub.instruments.commands["join"].value == 2 })
            #expect(hub.settles { hub.instruments.subscriptions.value == 1 })
            try Self.post(10, by: writer, in: ["room:second"])
            #expect(hub.instruments.laggingSubscriptions.value == 1)
            #expect(try Self.offsets(slow, "room:second", upTo: 10) == Array(1...10))
        }
    }

    @Test("Lagging within a small bound goes on by itself")
    func smallBound() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.lagBytes = 20_000
        try await HubUnderTest.with(settings) { hub in
            let ada = try ClientWebSocket(hub)
            let writer = try ClientWebSocket(hub)
            try ada.ask("join", "room:a")
            // One turn's records are more than the bound before any of them is written.
            var commands: [JSON] = []
            for _ in 0..<12 {
                commands.append([
                    "action": "post", "topic": "room:a",
                    "data": ["content": .string(Self.content)],
                ])
            }
            for _ in 0..<5 { try writer.send(.array(commands)) }
            #expect(try Self.offsets(ada, "room:a", upTo: 60) == Array(1...60))
        }
    }

    @Test("Who lags still learns who is present")
    func presence() async throws {
        try await HubUnderTest.with { hub in
            let slow = try Self.slowReader(hub)
            let writer = try ClientWebSocket(hub)
            try slow.ask("join", "room:a", ["presence": true])
            var posted: UInt64 = 0
            while hub.instruments.laggingSubscriptions.value == 0, posted < 2_000 {
                try Self.post(10, by: writer, in: ["room:a"])
                posted += 10
            }
            let ada = try ClientWebSocket(hub, .init(target: "/ws?name=ada"))
            try ada.ask("join", "room:a", ["presence": true])
            _ = try ada.event("presence")
            #expect(try Self.offsets(slow, "room:a", upTo: posted) == Array(1...posted))
            let event = try slow.first("ada's coming") { message in
                message["event"] == "presence"
                    && message["data"]?["joined"]?.array?.contains { $0["userId"] == "ada" } == true
            }
            #expect(event["topic"] == "room:a")
        }
    }

    @Test("Replies that nobody reads don't pile up: their commands wait in the socket")
    func unreadReplies() async throws {
        try await HubUnderTest.with { hub in
            let writer = try ClientWebSocket(hub)
            try Self.post(1, by: writer, in: ["room:a"])
            let greedy = try Self.slowReader(hub)
            let id = String(repeating: "i", count: 64)
            let batch = JSON.array(
                Array(repeating: ["id": .string(id), "action": "join", "topic": "bad"], count: 95)
                    + [["action": "ping"]]
            )
            let bytes = FrameEncoder.frame(.text, batch.encoded(), mask: MaskingKey(5))
            var sent = 0
            while sent < 8_000, greedy.socket.sendSome(bytes) { sent += 1 }
            #expect(sent < 8_000)
            #expect(try hub.queuedBytes() < 4 << 20)
            try writer.roundTrip()
        }
    }

    @Test("A reader that takes nothing for long is disconnected, and may come back")
    func stalled() async throws {
        var settings = HubUnderTest.Settings()
        // The queue has to be there before the first ping, or that is what isn't answered.
        settings.links.pingInterval = .seconds(3)
        settings.links.stallTimeout = .seconds(4)
        settings.links.closeTimeout = .milliseconds(100)
        try await HubUnderTest.with(settings) { hub in
            let slow = try Self.slowReader(hub)
            slow.answersPings = false
            let writer = try ClientWebSocket(hub)
            try slow.ask("join", "room:a")
            var posted: UInt64 = 0
            while hub.instruments.closes["4003"].value == 0, posted < 3_000 {
                try Self.post(10, by: writer, in: ["room:a"])
                try writer.pump()
                posted += 10
                if hub.instruments.laggingSubscriptions.value > 0 {
                    _ = hub.settles {
                        try? writer.pump()
                        return hub.instruments.closes["4003"].value > 0
                    }
                }
            }
            #expect(hub.instruments.closes["4003"].value == 1)
            #expect(hub.instruments.closes["4002"].value == 0)
        }
    }

    @Test("Who reads slowly but steadily is not disconnected, though pongs are late")
    func steady() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.pingInterval = .seconds(3)
        settings.links.stallTimeout = .seconds(20)
        try await HubUnderTest.with(settings) { hub in
            let slow = try Self.slowReader(hub)
            let writer = try ClientWebSocket(hub)
            try slow.ask("join", "room:a")
            var posted: UInt64 = 0
            while hub.instruments.laggingSubscriptions.value == 0, posted < 2_000 {
                try Self.post(10, by: writer, in: ["room:a"])
                try writer.pump()
                posted += 10
            }
            // Much slower than the pings: each of them waits behind what is queued.
            for _ in 0..<30 {
                try slow.pump(within: 1)
                try writer.pump(within: 300)
            }
            #expect(!slow.hasEnded)
            #expect(try Self.offsets(slow, "room:a", upTo: posted) == Array(1...posted))
            #expect(hub.instruments.closes["4002"].value == 0)
        }
    }

    @Test("Who doesn't answer pings is disconnected")
    func noPong() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.pingInterval = .seconds(1)
        try await HubUnderTest.with(settings) { hub in
            let deaf = try ClientWebSocket(hub)
            deaf.answersPings = false
            #expect(try deaf.closing() == 4002)
            let lively = try ClientWebSocket(hub)
            for _ in 0..<60 { try lively.pump(within: 50) }
            #expect(!lively.hasEnded)
        }
    }
}

extension HubUnderTest {
    /// What waits in the outboxes of all links.
    func queuedBytes() throws -> Int {
        let entries = try waiting { [entrance] in
            await entrance.connections(after: nil, limit: 10_000)
        }
        return entries.reduce(0) { $0 + Int($1["queuedBytes"]?.int ?? 0) }
    }
}
