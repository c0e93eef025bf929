import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, a stranger can take the hub down.
@Suite("Whatever a stranger sends", .serialized)
struct FuzzTests {
    private static let head = Array(
        ("GET /ws?name=eve HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").utf8
    )

    /// Changes, cuts, doubles or inserts some bytes.
    private static func spoil(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = .random(in: .min ... .max, using: &random)
            case 1: bytes.removeSubrange(place...)
            case 2: bytes.insert(.random(in: .min ... .max, using: &random), at: place)
            case 3: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
            default: bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            }
        }
        return bytes
    }

    @Test("Spoilt heads are refused or ignored", arguments: 1...2)
    func heads(seed: UInt64) async throws {
        var settings = HubUnderTest.Settings()
        settings.entrance.headTimeout = .milliseconds(500)
        try await HubUnderTest.with(settings) { hub in
            var random = SeededGenerator(seed: seed)
            for _ in 0..<400 {
                let socket = try ClientSocket(hub.address)
                try? socket.send(Self.spoil(Self.head, &random))
                if Bool.random(using: &random) { _ = socket.receive(within: 2) }
                if Bool.random(using: &random) { socket.cut() }
            }
            try ClientWebSocket(hub).roundTrip()
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 0 })
        }
    }

    @Test("Spoilt frames end at most their own connection", arguments: 1...2)
    func frames(seed: UInt64) async throws {
        try await HubUnderTest.with { hub in
            var random = SeededGenerator(seed: seed)
            for _ in 0..<300 {
                var bytes: [UInt8] = []
                for _ in 0..<Int.random(in: 1...5, using: &random) {
                    let opcodes: [Opcode] = [.text, .text, .binary, .continuation, .ping, .close]
                    let opcode = opcodes[Int.random(in: 0..<6, using: &random)]
                    let length = Int.random(in: 0..<(opcode.isControl ? 126 : 400), using: &random)
                    let payload = (0..<length).map { _ in UInt8.random(in: 32..<127, using: &random)
                    }
                    let isCompressed = !opcode.isControl && Bool.random(using: &random)
                    bytes += FrameEncoder.frame(
                        opcode,
                        payload,
                        isFinal: opcode.isControl || Bool.random(using: &random),
                        isCompressed: isCompressed,
                        mask: MaskingKey(.random(in: .min ... .max, using: &random))
                    )
                }
                let socket = try ClientSocket(hub.address)
                try? socket.send(Self.head + Self.spoil(bytes, &random))
                if Bool.random(using: &random) { _ = socket.receive(within: 2) }
                if Bool.random(using: &random) { socket.cut() }
            }
            try ClientWebSocket(hub).roundTrip()
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 0 })
            #expect(hub.instruments.subscriptions.value == 0)
        }
    }

    @Test("Spoilt commands are refused, and a good one among them is answered", arguments: 1...3)
    func commands(seed: UInt64) async throws {
        try await HubUnderTest.with { hub in
            var random = SeededGenerator(seed: seed)
            let good = Self.commands.map { Array($0.utf8) }
            var eve = try ClientWebSocket(hub, .init(target: "/ws?name=eve"))
            for round in 0..<1_500 {
                if eve.hasEnded { eve = try ClientWebSocket(hub, .init(target: "/ws?name=eve")) }
                let text = good[Int.random(in: 0..<good.count, using: &random)]
                let isSpoilt = Int.random(in: 0..<3, using: &random) > 0
                try? eve.send(.text, isSpoilt ? Self.spoil(text, &random) : text)
                if round % 20 == 0 {
                    try? eve.pump()
                    _ = eve.take()
                }
            }
            let ada = try ClientWebSocket(hub)
            try ada.ask("join", "room:other")
            try ada.post("x", in: "room:other")
            #expect(try ada.event("message").offset == 1)
            eve.socket.cut()
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 1 })
        }
    }

    private static let commands = [
        #"{"id":1,"action":"hello","name":"eve","resume":[{"topic":"room:a","since":"0"}]}"#,
        #"{"id":2,"action":"join","topic":"room:a","since":"k3:41","presence":true}"#,
        #"{"id":3,"action":"join","topic":"room:b","since":"0"}"#,
        #"{"id":4,"action":"leave","topic":"room:a"}"#,
        #"{"id":5,"action":"post","topic":"room:a","key":"k1","data":{"content":"hi"}}"#,
        #"{"id":"x","action":"post","topic":"room:b","data":{"content":"\ud83d\ude00 @ada"}}"#,
        #"[{"id":6,"action":"ping"},{"action":"typing","topic":"room:a","data":{"active":true}}]"#,
        #"{"id":7,"action":"create","topic":"room:c","#
            + #""data":{"visibility":"private","members":["x"]}}"#,
        #"{"id":8,"action":"kick","topic":"room:c","data":{"userId":"eve"}}"#,
        #"{"id":9,"action":"history","topic":"room:a","limit":10,"before":"1"}"#,
        #"{"id":10,"action":"search","query":"hi","limit":3}"#,
        #"{"id":11,"action":"read","topic":"room:a","data":{"messageId":"1"}}"#,
        #"{"id":12,"action":"refresh","token":"a.b.c"}"#,
        #"{"id":13,"action":"react","topic":"room:a","data":{"messageId":"1","emoji":"x"}}"#,
        #"{"id":14,"action":"members","topic":"room:c","limit":2}"#,
        #"{"id":15,"action":"presence","topic":"room:a"}"#,
    ]
}
