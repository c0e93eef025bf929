import WebSocket

/// nchan: a location to subscribe at and one to publish at, and each message is a frame as it is.
final class NchanTongue: Tongue {
    let opcode = Opcode.text
    let introduction: [UInt8]? = nil

    func target(of number: Int, room: Int, isPublisher: Bool) -> String {
        isPublisher ? "/pub/\(room)" : "/sub/\(room)"
    }

    func join(room: Int, since: String?) -> [UInt8]? { nil }

    func post(_ content: [UInt8], to room: Int, id: Int) -> [UInt8] { content }

    func read(_ text: Span<UInt8>, _ hear: (Heard) -> Void) {
        if let stamp = Stamp.read(text, withMarkAt: 0) {
            hear(.delivered(position: -1, stamp))
        }
    }
}
