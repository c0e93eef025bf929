import WebSocket

/// Sends every message back as it came: for conformance runs and for measuring the bare WebSocket.
final class EchoSession: DialectSession {
    private let link: WebSocketLink
    private let compression: SharedCompression?

    init(link: WebSocketLink, compression: SharedCompression?) {
        self.link = link
        self.compression = compression
    }

    func opened() {}

    func receive(text: Span<UInt8>) throws(Violation) { echo(.text, text) }

    func receive(binary: Span<UInt8>) throws(Violation) { echo(.binary, binary) }

    private func echo(_ opcode: Opcode, _ payload: Span<UInt8>) {
        if let compression {
            let compressed = compression.compress(payload)
            link.send(FrameEncoder.frame(opcode, compressed.span, isCompressed: true))
        } else {
            link.send(FrameEncoder.frame(opcode, payload))
        }
    }

    func drained() {}

    func drain(within window: Duration) {}

    func ended(isAbrupt: Bool) {}
}
