import Glibc
import Reactor
import WebSocket

/// A WebSocket client's connection, as cheap as can be: a message that lies whole in the loop's
/// buffer is handed on where it is, unchecked for UTF-8, since what it says is checked anyway.
final class Wire: ConnectionHandler {
    /// Who hears of it, and who may let go of the wire once it has ended.
    private let listener: any WireListener
    private(set) var connection: Connection?
    private(set) var isOpen = false
    private var handshake: ClientHandshake?
    private var parser = FrameParser(for: .client)
    private var header: FrameHeader?
    private var missingCount = 0
    /// The beginning of the head, or of a message that was cut up.
    private var partial: [UInt8] = []
    private let masks: MaskSupply
    /// Bytes taken in, heads and all.
    private(set) var receivedBytes = 0
    /// Stops reading after each piece, until it is told to go on.
    var readsOnceAtATime = false

    init(listener: any WireListener, masks: MaskSupply) {
        self.listener = listener
        self.masks = masks
    }

    func open(
        _ dialer: Dialer,
        number: Int,
        target: String,
        on loop: EventLoop,
        receiveBuffer: Int32? = nil
    ) throws(LoadFailure) {
        let host = "127.0.0.1:\(dialer.port(of: number))"
        let handshake = ClientHandshake(host: host, target: target)
        self.handshake = handshake
        let connection = try dialer.dial(
            number: number,
            on: loop,
            receiveBuffer: receiveBuffer,
            handler: self
        )
        self.connection = connection
        connection.send(handshake.request)
    }

    func send(_ payload: [UInt8], _ opcode: Opcode = .text) {
        connection?.send(FrameEncoder.frame(opcode, payload, mask: masks.next()))
    }

    /// As a cable that is pulled.
    func cut() {
        connection?.close(.now)
    }

    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        let buffer = bytes.assumingMemoryBound(to: UInt8.self)
        let span = buffer.span
        receivedBytes += span.count
        if readsOnceAtATime { connection.pauseReading() }
        do throws(Violation) {
            if isOpen {
                try takeFrames(span, from: 0)
            } else {
                try takeHead(span)
            }
        } catch {
            fail("\(error.status)")
        }
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        self.connection = nil
        isOpen = false
        partial = []
        header = nil
        parser = FrameParser(for: .client)
        listener.wireEnded(self, "\(reason)")
    }

    private func fail(_ explanation: String) {
        listener.wire(self, failed: explanation)
        cut()
    }

    private func takeHead(_ bytes: Span<UInt8>) throws(Violation) {
        partial.append(copying: bytes)
        let whole = partial
        do throws(HandshakeFailure) {
            guard let (head, count) = try ResponseHead.parse(whole.span) else { return }
            _ = try handshake?.check(head)
            handshake = nil
            partial = []
            isOpen = true
            listener.wireOpened(self)
            guard count < whole.count else { return }
            try resume(whole.span, from: count)
        } catch {
            fail("\(error)")
        }
    }

    /// Frames that came with the head.
    private func resume(_ bytes: Span<UInt8>, from start: Int) throws(HandshakeFailure) {
        do throws(Violation) {
            try takeFrames(bytes, from: start)
        } catch {
            fail("\(error.status)")
        }
    }

    private func takeFrames(_ bytes: Span<UInt8>, from start: Int) throws(Violation) {
        let now = MonotonicTime().now().nanoseconds
        var offset = start
        while isOpen {
            if header == nil {
                guard let next = try parser.next(in: bytes, at: &offset) else { return }
                header = next
                missingCount = next.payloadByteCount
            }
            guard let current = header else { return }
            let piece = offset..<offset + min(missingCount, bytes.count - offset)
            offset = piece.upperBound
            missingCount -= piece.count
            if missingCount == 0, current.isFinal, partial.isEmpty {
                header = nil
                take(bytes.extracting(piece), current.opcode, now)
            } else {
                partial.append(copying: bytes.extracting(piece))
                guard missingCount == 0 else { return }
                header = nil
                if current.isFinal {
                    let whole = partial
                    partial = []
                    take(whole.span, current.opcode, now)
                }
            }
        }
    }

    private func take(_ payload: Span<UInt8>, _ opcode: Opcode, _ now: Int64) {
        switch opcode {
        case .text, .binary, .continuation:
            listener.wire(self, received: payload, at: now)
        case .ping:
            send([UInt8](copying: payload), .pong)
        case .pong:
            break
        case .close:
            let code = payload.count < 2 ? 1005 : Int(payload[0]) << 8 | Int(payload[1])
            fail("The server closed with \(code)")
        }
    }
}
