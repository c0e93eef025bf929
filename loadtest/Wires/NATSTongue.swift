import WebSocket

/// NATS's text protocol inside WebSocket frames:
/// <https://docs.nats.io/reference/reference-protocols/nats-protocol>.
final class NATSTongue: Tongue {
    let opcode = Opcode.binary
    private static let greeting = "CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":true}\r\n"

    var introduction: [UInt8]? { Array(Self.greeting.utf8) }

    func target(of number: Int, room: Int, isPublisher: Bool) -> String { "/" }

    /// The pong that answers the ping says that the subscription stands.
    func join(room: Int, since: String?) -> [UInt8]? {
        Array((Self.greeting + "SUB load.\(room) 1\r\nPING\r\n").utf8)
    }

    func post(_ content: [UInt8], to room: Int, id: Int) -> [UInt8] {
        var bytes = Array("PUB load.\(room) \(content.count)\r\n".utf8)
        bytes.append(contentsOf: content)
        bytes.append(13)
        bytes.append(10)
        return bytes
    }

    /// A frame holds whole protocol messages, often many.
    func read(_ text: Span<UInt8>, _ hear: (Heard) -> Void) {
        var place = 0
        while place < text.count {
            guard let end = Self.lineEnd(text, from: place) else { return }
            switch text[place] {
            case UInt8(ascii: "M"):
                let count = Self.lastNumber(text, before: end)
                let stamp = Stamp.read(text, withMarkAt: end + 2)
                if let stamp { hear(.delivered(position: -1, stamp)) }
                place = end + 2 + count + 2
            case UInt8(ascii: "P"):
                if text[place + 1] == UInt8(ascii: "O") { hear(.joined(epoch: "", position: 0)) }
                place = end + 2
            case UInt8(ascii: "-"):
                hear(.refused(id: 0))
                place = end + 2
            default:
                place = end + 2
            }
        }
    }

    private static func lineEnd(_ text: Span<UInt8>, from start: Int) -> Int? {
        var place = start
        while place < text.count {
            if text[place] == 13 { return place }
            place += 1
        }
        return nil
    }

    private static func lastNumber(_ text: Span<UInt8>, before end: Int) -> Int {
        var place = end - 1
        var value = 0
        var scale = 1
        while place >= 0, (48...57).contains(text[place]), scale < 1_000_000_000 {
            value += Int(text[place] - 48) * scale
            scale *= 10
            place -= 1
        }
        return value
    }
}
