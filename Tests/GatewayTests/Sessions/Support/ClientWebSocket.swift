import Hub
import Reactor
import WebSocket

/// A blocking WebSocket client of the native protocol. Answers pings; keeps what it was not asked
/// for until somebody asks.
final class ClientWebSocket {
    let socket: ClientSocket
    let agreement: ClientHandshake.Agreement
    /// Whole text messages that nobody has taken yet.
    private(set) var messages: [JSON] = []
    /// Whole binary messages that nobody has taken yet.
    var binaries: [[UInt8]] = []
    /// What the hub closed with.
    private(set) var status: CloseStatus?
    /// Whether pings are answered.
    var answersPings = true
    private var reader: MessageReader
    private var keys = MaskingKeySource(seed: 1)
    private var lastID: Int64 = 0

    /// How to ask for the WebSocket.
    struct Options {
        var target = "/ws"
        var fields: HeaderFields = [:]
        var subprotocols: [String] = ["martlet.v1"]
        var compression: DeflateOffer?
        var receiveBuffer: Int32?
        /// Sent right behind the head, in the same write.
        var behindHead: [String] = []
    }

    convenience init(_ hub: HubUnderTest, _ options: Options = Options()) throws {
        let socket = try ClientSocket(hub.address, receiveBuffer: options.receiveBuffer)
        try self.init(over: socket, options)
    }

    /// Opens over a connection that is there already.
    init(over socket: ClientSocket, _ options: Options = Options()) throws {
        self.socket = socket
        let handshake = ClientHandshake(
            host: "localhost",
            target: options.target,
            subprotocols: options.subprotocols,
            compression: options.compression,
            fields: options.fields
        )
        var first = handshake.request
        for text in options.behindHead {
            first += FrameEncoder.text(text, mask: keys.next())
        }
        try socket.send(first)
        var bytes: [UInt8] = []
        var answer: (head: ResponseHead, byteCount: Int)?
        while answer == nil {
            let more = socket.receive(within: ClientSocket.patience)
            guard !more.isEmpty else { throw SocketError.ended("handshake") }
            bytes += more
            answer = try ResponseHead.parse(bytes.span)
        }
        guard let answer else { throw SocketError.ended("handshake") }
        agreement = try handshake.check(answer.head)
        reader = MessageReader(
            for: .client,
            messageBytesMaximum: 64 << 20,
            compression: agreement.compression?.decompression(for: .client)
        )
        try take(Array(bytes[answer.byteCount...]))
    }

    var hasEnded: Bool { status != nil || socket.hasEnded }

    func send(_ json: JSON) throws {
        try send(text: String(decoding: json.encoded(), as: UTF8.self))
    }

    func send(text: String) throws {
        try send(.text, Array(text.utf8))
    }

    func send(_ opcode: Opcode, _ payload: [UInt8]) throws {
        guard let compression = agreement.compression, !opcode.isControl else {
            return try socket.send(FrameEncoder.frame(opcode, payload, mask: keys.next()))
        }
        var deflater = compression.deflater(for: .client)
        let compressed = deflater.compressed(payload.span)
        try socket.send(
            FrameEncoder.frame(opcode, compressed, isCompressed: true, mask: keys.next())
        )
    }

    /// Reads what is there, waiting at most that long for the first byte.
    func pump(within milliseconds: Int32 = 0) throws {
        let bytes = socket.receive(within: milliseconds)
        if !bytes.isEmpty { try take(bytes) }
    }

    private func take(_ bytes: [UInt8]) throws {
        var bytes = bytes
        var pongs: [[UInt8]] = []
        var texts: [[UInt8]] = []
        var closing: CloseStatus?
        try reader.receive(&bytes) { event throws(Violation) in
            switch event {
            case .text(let span): texts.append([UInt8](copying: span))
            case .binary(let span): binaries.append([UInt8](copying: span))
            case .ping(let span): pongs.append([UInt8](copying: span))
            case .pong: break
            case .close(let status): closing = status
            }
        }
        for text in texts { messages.append(try JSONParser.parse(text)) }
        if answersPings { for pong in pongs { try? send(.pong, pong) } }
        if let closing {
            status = closing
            try? socket.send(FrameEncoder.close(closing, mask: keys.next()))
        }
    }

    /// The first message for which `isWanted` holds, taken out of those that came.
    func first(_ what: String, where isWanted: (JSON) -> Bool) throws -> JSON {
        // Pings come for ever, so it is not enough that something comes.
        let deadline = ContinuousClock.now + .milliseconds(ClientSocket.patience)
        var seen = 0
        while true {
            while seen < messages.count {
                if isWanted(messages[seen]) { return messages.remove(at: seen) }
                seen += 1
            }
            guard !hasEnded else { throw SocketError.ended("waiting for \(what)") }
            try pump(within: 1_000)
            guard hasEnded || ContinuousClock.now < deadline else {
                throw SocketError.ended("waiting for \(what)")
            }
        }
    }

    /// Everything that has come and was not taken yet.
    func take() -> [JSON] {
        defer { messages = [] }
        return messages
    }

    /// The next message, whatever it is.
    func next() throws -> JSON {
        try first("anything") { _ in true }
    }

    func event(_ name: String, topic: String? = nil) throws -> JSON {
        try first(name) {
            $0["event"]?.string == name && (topic == nil || $0["topic"]?.string == topic)
        }
    }

    func reply(_ id: JSON) throws -> JSON {
        try first("the reply to \(id)") { $0["id"] == id }
    }

    /// Sends a command and waits for its reply; events that come meanwhile are kept.
    @discardableResult
    func ask(_ action: String, _ topic: String? = nil, _ fields: JSON = [:]) throws -> JSON {
        try reply(begin(action, topic, fields))
    }

    /// Sends a command and gives the id of its reply.
    @discardableResult
    func begin(_ action: String, _ topic: String? = nil, _ fields: JSON = [:]) throws -> JSON {
        lastID += 1
        var command: JSON = ["id": .int(lastID), "action": .string(action)]
        if let topic { command.append("topic", .string(topic)) }
        if case .object(let members) = fields {
            for member in members { command.append(member.key, member.value) }
        }
        try send(command)
        return .int(lastID)
    }

    /// Posts a message and returns its offset.
    @discardableResult
    func post(_ content: String, in topic: String) throws -> JSON {
        try ask("post", topic, ["data": ["content": .string(content)]])
    }

    /// Reads until the hub has closed, and gives its code; nil when it ended without one.
    func closing() throws -> UInt16? {
        let deadline = ContinuousClock.now + .milliseconds(ClientSocket.patience)
        while !hasEnded {
            try pump(within: 1_000)
            guard hasEnded || ContinuousClock.now < deadline else {
                throw SocketError.ended("closing")
            }
        }
        return status?.code.rawValue
    }

    /// A command and its reply, after which everything sent before has been carried out.
    func roundTrip() throws {
        try ask("ping")
    }
}

extension JSON {
    /// The offset in the position of a reply or an event.
    var offset: UInt64? {
        guard let text = (self["ok"]?["position"] ?? self["position"])?.string else { return nil }
        return (try? Position(text))?.offset
    }

    var code: String? { self["error"]?["code"]?.string }
}
