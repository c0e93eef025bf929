import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, members of one room see different things, or garbage.
@Suite("Compressed and plain members of one room", .serialized)
struct CompressionTests {
    @Test("All get the same events, live and from the log")
    func mixed() async throws {
        try await HubUnderTest.with { hub in
            let offers: [DeflateOffer?] = [
                nil, DeflateOffer(), DeflateOffer(serverForgets: true),
                DeflateOffer(serverWindowBits: 10), DeflateOffer(clientWindowBits: 9),
            ]
            let members = try offers.map { try ClientWebSocket(hub, .init(compression: $0)) }
            #expect(
                members.map { $0.agreement.compression != nil } == [false, true, true, true, true]
            )
            for member in members { try member.ask("join", "room:a") }
            let texts = ["short", String(repeating: "long and longer ", count: 500), "é🌍\n\"\\"]
            for (index, text) in texts.enumerated() {
                let writer = members[index % members.count]
                #expect(try writer.post(text, in: "room:a")["ok"] != nil)
            }
            let wanted: [JSON] = texts.map { .string($0) }
            for member in members {
                let got = try texts.indices.map { _ in try member.event("message") }
                #expect(got.map { $0["data"]?["content"] } == wanted)
            }
            for offer in offers {
                let later = try ClientWebSocket(hub, .init(compression: offer))
                try later.ask("join", "room:a", ["since": "0"])
                let got = try texts.indices.map { _ in try later.event("message") }
                #expect(got.map { $0["data"]?["content"] } == wanted)
            }
        }
    }

    @Test("A small message that inflates past the bound closes with 1009")
    func bomb() async throws {
        try await HubUnderTest.with { hub in
            let eve = try ClientWebSocket(hub, .init(compression: DeflateOffer()))
            try eve.send(.text, Array(repeating: 0x20, count: 8 << 20))
            #expect(try eve.closing() == 1009)
        }
    }

    @Test("Compressed echoes come back as they were sent")
    func echo() async throws {
        var settings = HubUnderTest.Settings()
        settings.entrance.echoes = true
        try await HubUnderTest.with(settings) { hub in
            let options = ClientWebSocket.Options(
                target: "/echo",
                subprotocols: [],
                compression: DeflateOffer()
            )
            let client = try ClientWebSocket(hub, options)
            let text = "\"\(String(repeating: "x", count: 100_000))\""
            try client.send(text: text)
            #expect(try client.next() == .string(String(repeating: "x", count: 100_000)))
        }
    }
}
