import CRDT
import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, Hocuspocus's clients don't converge, or believe to be saved what isn't.
@Suite("Clients of Hocuspocus", .serialized)
struct HocuspocusTests {
    private static func open(_ hub: HubUnderTest) throws -> ClientWebSocket {
        try ClientWebSocket(hub, .init(target: "/hocuspocus", subprotocols: []))
    }

    private static func auth(_ token: String) -> [UInt8] {
        [2, 0] + ProtocolMessage.counted(Array(token.utf8))
    }

    private static let mayWrite: [UInt8] =
        [2, 2] + ProtocolMessage.counted(Array("read-write".utf8))
    private static let mayRead: [UInt8] = [2, 2] + ProtocolMessage.counted(Array("readonly".utf8))

    @Test("Two documents on one socket are kept apart, and each update is told to be stored")
    func documents() async throws {
        try await HubUnderTest.with { hub in
            let socket = try Self.open(hub)
            let one = Editor(hocuspocus: socket, "one", client: 1)
            let two = Editor(hocuspocus: socket, "two", client: 1)
            // Before the token: it waits.
            try one.type("a")
            for editor in [one, two] {
                try editor.send(Self.auth(""))
                #expect(try editor.first([2]) == Self.mayWrite)
                _ = try editor.first([0, 0])
                try editor.sendStep1()
                _ = try editor.first([0, 1])
            }
            #expect(try one.first([8]) == [8, 1])
            try two.type("b")
            #expect(try two.first([8]) == [8, 1])
            #expect(try Waiting.value { try await hub.records("doc:two") }.count == 1)
            let plain = try Editor(hub, "one", client: 2)
            _ = try plain.first([0, 0])
            try plain.type("c")
            try one.read(until: "both") { one.text.count == 2 }
            #expect(two.text == "b")
            try socket.send(.binary, [9])
            try two.read(until: "pong") { socket.binaries.contains([10]) }
        }
    }

    @Test("A document needs its own token; who may only read hears that nothing was applied")
    func tokens() async throws {
        let settings = HubUnderTest.Settings(admission: HubUnderTest.keyedAdmission)
        try await HubUnderTest.with(settings) { hub in
            let socket = try Self.open(hub)
            let reader = HubUnderTest.token("bob", [.init("grants", ["doc:one": ["join"]])])
            let one = Editor(hocuspocus: socket, "one")
            try one.send(Self.auth(reader))
            #expect(try one.first([2]) == Self.mayRead)
            try one.type("x")
            #expect(try one.first([8]) == [8, 0])
            try one.send(ProtocolMessage.step2([0, 0]))
            #expect(try one.first([8]) == [8, 1])
            let two = Editor(hocuspocus: socket, "two")
            try two.send(Self.auth(reader))
            #expect(try two.first([2]).starts(with: [2, 1]))
            try one.sendStep1()
            _ = try one.first([0, 1])
            #expect(try Waiting.value { try await hub.records("doc:one") }.isEmpty)
        }
    }

    @Test("A provider's session in the address is repeated; a closed document can be opened again")
    func sessions() async throws {
        try await HubUnderTest.with { hub in
            let socket = try Self.open(hub)
            let one = Editor(hocuspocus: socket, "one\u{0}s1", client: 1)
            try one.send(Self.auth(""))
            _ = try one.first([0, 0])
            let plain = try Editor(hub, "one", client: 2)
            _ = try plain.first([0, 0])
            try plain.type("hi")
            try one.read(until: "hi") { one.text == "hi" }
            try one.send([7])
            let again = Editor(hocuspocus: socket, "one", client: 3)
            try again.send(Self.auth(""))
            _ = try again.first([0, 0])
            try again.sendStep1()
            try again.read(until: "hi") { again.text == "hi" }
        }
    }
}
