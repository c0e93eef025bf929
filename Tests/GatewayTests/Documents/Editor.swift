import CRDT
import Hub
import WebSocket

@testable import Gateway

/// An editor of one document: Yjs on one side, a socket on the other.
final class Editor {
    let socket: ClientWebSocket
    let document = YDocument()
    let client: UInt64
    /// What stands in front of each message.
    let address: [UInt8]
    /// Messages that are no updates, in order.
    var others: [[UInt8]] = []
    private(set) var updates = 0

    init(
        _ hub: HubUnderTest,
        _ name: String = "notes",
        client: UInt64 = 7,
        query: String = "",
        receiveBuffer: Int32? = nil
    ) throws {
        self.client = client
        address = []
        socket = try ClientWebSocket(
            hub,
            .init(target: "/yjs/\(name)\(query)", subprotocols: [], receiveBuffer: receiveBuffer)
        )
    }

    /// A client of Hocuspocus.
    init(hocuspocus socket: ClientWebSocket, _ name: String, client: UInt64 = 7) {
        self.client = client
        self.socket = socket
        address = ProtocolMessage.counted(Array(name.utf8))
    }

    func send(_ message: [UInt8]) throws {
        try socket.send(.binary, address + message)
    }

    func sendStep1() throws {
        try send(ProtocolMessage.step1(document.stateVector.encoded()))
    }

    /// Types here and tells the hub.
    func type(_ text: String, at index: Int = 0) throws {
        try send(ProtocolMessage.update(typed(text, at: index)))
    }

    /// Types here and tells nobody.
    func typed(_ text: String, at index: Int = 0) -> [UInt8] {
        let update = try? document.edit(client: client) { edit throws(YEditError) in
            try edit.insert(text, at: index, in: .root("t"))
        }
        return (update ?? nil) ?? []
    }

    var text: String { document.text("t") }

    /// Takes what comes until the condition holds.
    func read(until what: String, _ isDone: () -> Bool) throws {
        let deadline = ContinuousClock.now + .milliseconds(ClientSocket.patience)
        while true {
            takeAll()
            if isDone() { return }
            guard !socket.hasEnded, ContinuousClock.now < deadline else {
                throw SocketError.ended("waiting for \(what)")
            }
            try socket.pump(within: 1_000)
        }
    }

    /// The first message that isn't an update and begins like this.
    func first(_ start: [UInt8]) throws -> [UInt8] {
        try read(until: "a message") { others.contains { $0.starts(with: start) } }
        let index = others.firstIndex { $0.starts(with: start) } ?? 0
        return others.remove(at: index)
    }

    private func takeAll() {
        let messages = socket.binaries.filter { $0.starts(with: address) }
        socket.binaries.removeAll { $0.starts(with: address) }
        for message in messages {
            var reader = ProtocolReader(message, from: address.count)
            let rest = Array(message[address.count...])
            guard reader.number() == ProtocolMessage.sync, let step = reader.number(),
                step != ProtocolMessage.step1, let bytes = reader.counted(),
                let update = try? YUpdate(v1: bytes)
            else {
                others.append(rest)
                continue
            }
            document.apply(update)
            if step == ProtocolMessage.step2 { others.append([0, 1]) } else { updates += 1 }
        }
    }
}
