import CRDT
import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, dashboards see another document than editors do.
@Suite("Documents in the native dialect", .serialized)
struct NativeDocumentTests {
    @Test("A join brings the state, then updates and awareness come; edits go the other way")
    func follow() async throws {
        try await HubUnderTest.with { hub in
            let ada = try Editor(hub, client: 1)
            _ = try ada.first([0, 0])
            try ada.type("hello")
            try ada.send([102, 0])
            _ = try ada.first([102])
            let follower = try ClientWebSocket(hub)
            let joined = try follower.ask("join", "doc:notes")
            let document = YDocument()
            document.apply(try YUpdate(v1: joined["ok"]?["state"]?.binary ?? []))
            #expect(document.text("t") == "hello")
            try ada.type("!", at: 5)
            let update = try follower.event("update")
            document.apply(try YUpdate(v1: update["data"]?["update"]?.binary ?? []))
            #expect(document.text("t") == "hello!")
            try ada.send(ProtocolMessage.awareness([1, 9, 1, 2, 0x7B, 0x7D]))
            let state = try follower.event("awareness")["data"]?["states"]?.array?.first
            #expect(state == ["clientId": 9, "clock": 1, "state": [:]])
            let edit: JSON = [
                "data": [
                    "operations": [["op": "insert", "root": "t", "index": 0, "text": "> "]]
                ]
            ]
            #expect(try follower.ask("edit", "doc:notes", edit)["ok"]?["position"] != nil)
            try ada.read(until: "edit") { ada.text == "> hello!" }
        }
    }

    @Test("Who comes with a position whose records are forgotten gets the state, and goes on")
    func trimmed() async throws {
        try await HubUnderTest.with { hub in
            let ada = try Editor(hub, client: 1)
            _ = try ada.first([0, 0])
            try ada.type("a")
            try ada.send([102, 0])
            _ = try ada.first([102])
            let first = try ClientWebSocket(hub)
            let position = try first.ask("join", "doc:notes")["ok"]?["position"] ?? .null
            for _ in 0..<1_200 { try ada.type("b") }
            try ada.send([102, 0])
            _ = try ada.first([102])
            #expect(
                hub.settles {
                    (try? Waiting.value { try await hub.records("doc:notes") }.count) ?? 0 < 1_201
                }
            )
            let late = try ClientWebSocket(hub)
            #expect(try late.ask("join", "doc:notes", ["since": position])["ok"]?["state"] == nil)
            let document = YDocument()
            let state = try late.event("state")
            document.apply(try YUpdate(v1: state["data"]?["state"]?.binary ?? []))
            while document.text("t") != ada.text {
                let update = try late.event("update")
                document.apply(try YUpdate(v1: update["data"]?["update"]?.binary ?? []))
            }
        }
    }
}
