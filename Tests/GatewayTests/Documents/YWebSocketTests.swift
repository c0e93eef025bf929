import CRDT
import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, editors that know nothing of this hub don't converge, or see what they may not.
@Suite("Clients of y-websocket", .serialized)
struct YWebSocketTests {
    private static var keyed: HubUnderTest.Settings {
        HubUnderTest.Settings(admission: HubUnderTest.keyedAdmission)
    }

    private static func token(_ user: String, _ actions: JSON, lifetime: Int64 = 600) -> String {
        HubUnderTest.token(
            user,
            [.init("grants", ["doc:*": actions])],
            lifetime: lifetime
        )
    }

    @Test("Both sides send a first step and answer it; edits reach the others and not their author")
    func sync() async throws {
        try await HubUnderTest.with { hub in
            let ada = try Editor(hub, "a/b", client: 1)
            #expect(try ada.first([0, 0]) == [0, 0, 1, 0])
            try ada.sendStep1()
            _ = try ada.first([0, 1])
            try ada.type("hello")
            let bob = try Editor(hub, "a%2Fb", client: 2)
            _ = try bob.first([0, 0])
            try bob.sendStep1()
            // It comes with the answer, or as an update if it was not stored yet.
            try bob.read(until: "hello") { bob.text == "hello" }
            let updates = bob.updates
            try bob.type("!", at: 5)
            try ada.read(until: "hello!") { ada.text == "hello!" }
            #expect(ada.updates == 1)
            try ada.type("?", at: 6)
            try bob.read(until: "hello!?") { bob.text == "hello!?" }
            #expect(bob.updates == updates + 1)
        }
    }

    @Test("What y-sweet asks for comes back when the updates before it are stored")
    func syncStatus() async throws {
        try await HubUnderTest.with { hub in
            let ada = try Editor(hub)
            _ = try ada.first([0, 0])
            for number in 0..<20 { try ada.type("\(number % 10)") }
            try ada.send([102, 2, 8, 9])
            #expect(try ada.first([102]) == [102, 2, 8, 9])
            let records = try Waiting.value { try await hub.records("doc:notes") }
            #expect(records.count == 20)
        }
    }

    @Test("Awareness goes to the others, is told to who comes, and ends with its connection")
    func awareness() async throws {
        try await HubUnderTest.with { hub in
            let state: [UInt8] = [1, 9, 1] + [4] + Array(#""hi""#.utf8)
            let gone: [UInt8] = [1, 9, 1, 4] + Array("null".utf8)
            let ada = try Editor(hub, client: 1)
            _ = try ada.first([0, 0])
            try ada.send(ProtocolMessage.awareness(state))
            try ada.send([3])
            #expect(try ada.first([1]) == ProtocolMessage.awareness(state))
            let bob = try Editor(hub, client: 2)
            #expect(try bob.first([1]) == ProtocolMessage.awareness(state))
            ada.socket.socket.cut()
            #expect(try bob.first([1]) == ProtocolMessage.awareness(gone))
        }
    }

    @Test("An update that builds on what the hub lacks is answered with a first step")
    func gap() async throws {
        try await HubUnderTest.with { hub in
            let ada = try Editor(hub)
            _ = try ada.first([0, 0])
            let lost = ada.typed("a")
            try ada.type("b", at: 1)
            #expect(try ada.first([0, 0]) == [0, 0, 1, 0])
            // Who comes now is given the state without what waits.
            let bob = try Editor(hub, client: 2)
            _ = try bob.first([0, 0])
            try bob.sendStep1()
            _ = try bob.first([0, 1])
            try ada.send(ProtocolMessage.step2(lost))
            try bob.read(until: "ab") { bob.text == "ab" }
        }
    }

    @Test("Who may only read is told so, and shows a cursor where that is granted")
    func readOnly() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let writer = Self.token("ada", ["join", "update"])
            let reader = Self.token("bob", ["join", "awareness"])
            let ada = try Editor(hub, client: 1, query: "?token=\(writer)")
            _ = try ada.first([0, 0])
            try ada.type("a")
            let bob = try Editor(hub, client: 2, query: "?token=\(reader)")
            // Before it writes anything, and not again when it does.
            #expect(try bob.first([2, 0]).count > 2)
            _ = try bob.first([0, 0])
            try bob.sendStep1()
            try bob.read(until: "a") { bob.text == "a" }
            try bob.type("b", at: 1)
            try bob.send(ProtocolMessage.awareness([1, 2, 1, 2, 0x7B, 0x7D]))
            #expect(try ada.first([1]) == ProtocolMessage.awareness([1, 2, 1, 2, 0x7B, 0x7D]))
            #expect(ada.text == "a")
            #expect(!bob.others.contains { $0.starts(with: [2]) })
        }
    }

    @Test("A fresh token that allows less is told, and one that allows more is not")
    func narrowed() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let writer = Self.token("ada", ["join", "update"])
            let reader = Self.token("ada", ["join"])
            let ada = try Editor(hub, query: "?token=\(writer)")
            _ = try ada.first([0, 0])
            for token in [reader, writer, reader] {
                try ada.send([2, 0] + ProtocolMessage.counted(Array(token.utf8)))
                if token == reader {
                    #expect(try ada.first([2, 0]).count > 2)
                } else {
                    #expect(
                        hub.settles {
                            try? ada.type("x")
                            let records = try? Waiting.value { try await hub.records("doc:notes") }
                            return records?.isEmpty == false
                        }
                    )
                }
            }
            #expect(!ada.others.contains { $0.starts(with: [2]) })
        }
    }

    @Test("A token may come in a message; without a good one the connection ends")
    func tokens() async throws {
        var settings = Self.keyed
        settings.links.authTimeout = .seconds(2)
        try await HubUnderTest.with(settings) { hub in
            let good = Self.token("ada", ["join"])
            let ada = try Editor(hub)
            try ada.send([2, 0] + ProtocolMessage.counted(Array(good.utf8)))
            _ = try ada.first([0, 0])
            let silent = try Editor(hub)
            #expect(try silent.socket.closing() == 4500)
            let bad = try Editor(hub, query: "?token=a.b.c")
            #expect(try bad.socket.closing() == 4500)
            let other = HubUnderTest.token("eve", [.init("grants", ["room:*": ["join"]])])
            let forbidden = try Editor(hub, query: "?token=\(other)")
            #expect(try forbidden.socket.closing() == 4504)
            let short = Self.token("ada", ["join"], lifetime: -60)
            let old = try Editor(hub, query: "?token=\(short)")
            #expect(try old.socket.closing() == 4001)
        }
    }

    @Test("Revocation, fewer rights and deletion end connections that are open")
    func changes() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let all = Self.token("ada", ["*"])
            let none = Self.token("ada", [])
            let narrowed = try Editor(hub, query: "?token=\(all)")
            _ = try narrowed.first([0, 0])
            try narrowed.send([2, 0] + ProtocolMessage.counted(Array(none.utf8)))
            #expect(try narrowed.socket.closing() == 4504)
            let revoked = try Editor(hub, query: "?token=\(Self.token("bob", ["*"]))")
            _ = try revoked.first([0, 0])
            try hub.admission.revokeTokens(of: "bob")
            #expect(try revoked.socket.closing() == 4501)
            let ada = try Editor(hub, query: "?token=\(all)")
            _ = try ada.first([0, 0])
            try ada.type("a")
            let native = try ClientWebSocket(hub, .init(target: "/ws?token=\(all)"))
            #expect(try native.ask("delete", "doc:notes")["ok"] != nil)
            #expect(try ada.socket.closing() == 4505)
        }
    }

    @Test("Unknown messages are ignored, malformed ones end it, impossible names are refused")
    func malformed() async throws {
        try await HubUnderTest.with { hub in
            let ada = try Editor(hub)
            _ = try ada.first([0, 0])
            try ada.send([77, 1, 2, 3])
            try ada.send([])
            try ada.sendStep1()
            _ = try ada.first([0, 1])
            try ada.send([0, 2, 5, 1])
            #expect(try ada.socket.closing() == 4506)
            #expect(throws: (any Error).self) { try Editor(hub, "a%20b") }
            #expect(throws: (any Error).self) { try Editor(hub, "") }
        }
    }

    @Test("A client that hears nothing else hears something in time")
    func quiet() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.quietInterval = .milliseconds(50)
        try await HubUnderTest.with(settings) { hub in
            let ada = try Editor(hub)
            #expect(try ada.first([1]) == [1, 1, 0])
            #expect(try ada.first([1]) == [1, 1, 0])
        }
    }

    @Test("A slow reader is not disconnected and has everything in the end, in less than was sent")
    func lag() async throws {
        var settings = HubUnderTest.Settings(loops: 1)
        settings.links.lagBytes = 64 << 10
        try await HubUnderTest.with(settings) { hub in
            let bob = try Editor(hub, client: 2, receiveBuffer: 4_096)
            _ = try bob.first([0, 0])
            try bob.sendStep1()
            _ = try bob.first([0, 1])
            let ada = try Editor(hub, client: 1)
            _ = try ada.first([0, 0])
            let piece = String(repeating: "x", count: 16_000)
            for _ in 0..<700 { try ada.type(piece) }
            try ada.send([102, 0])
            _ = try ada.first([102])
            #expect(hub.instruments.laggingSubscriptions.value == 1)
            bob.socket.socket.widen()
            try bob.read(until: "all") { bob.document.stateVector == ada.document.stateVector }
            #expect(bob.text == ada.text)
            #expect(bob.updates < 650)
        }
    }

    @Test("A client that is too quick is read more slowly, and nothing of it is lost")
    func throttling() async throws {
        var settings = HubUnderTest.Settings()
        settings.admission = AdmissionSettings()
        settings.admission.connectionRate = TokenBucket.Rate(perSecond: 400, burst: 20)
        try await HubUnderTest.with(settings) { hub in
            let ada = try Editor(hub)
            _ = try ada.first([0, 0])
            for _ in 0..<100 { try ada.type("x") }
            try ada.send([102, 0])
            _ = try ada.first([102])
            let records = try Waiting.value { try await hub.records("doc:notes") }
            #expect(records.count == 100)
        }
    }
}
