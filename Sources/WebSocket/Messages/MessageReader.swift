/// Bytes to messages: one connection's incoming half of RFC 6455 and RFC 7692.
///
/// - A message that lies in one frame and whole in the bytes at hand is unmasked where it is and
///   not copied.
/// - Everything else gathers in one buffer, which grows with the bytes that come, never ahead of
///   them, and is given back when the message ends. Between messages a reader owns no memory,
///   except for the window of a peer with whom context takeover was agreed.
/// - What is wrong is noticed at the first byte that shows it, in the middle of a frame too.
/// - After a close frame or a violation the reader takes nothing in any more.
package struct MessageReader: ~Copyable {
    /// Of a message, after decompression.
    private let messageBytesMaximum: Int
    /// How the peer compresses; nil: not at all.
    private let compression: Decompression?
    private var parser: FrameParser
    private var frame = Frame()
    private var message: Message?
    /// The message's bytes so far; behind them those of a control frame that came in pieces.
    private var buffer: [UInt8] = []
    private var inflater: Inflater?
    /// Whether the reader has ended: after a close frame, or after a violation.
    package private(set) var isClosed = false

    /// What the reader holds at the moment, in bytes.
    var bufferCapacity: Int { buffer.capacity }
    /// Whether it holds decompression's state.
    var ownsInflater: Bool { inflater != nil }

    package init(
        for endpoint: Endpoint,
        messageBytesMaximum: Int,
        compression: Decompression? = nil
    ) {
        precondition((0...1 << 40).contains(messageBytesMaximum), "A bound has to be a bound")
        self.messageBytesMaximum = messageBytesMaximum
        self.compression = compression
        parser = FrameParser(for: endpoint)
    }

    /// The frame whose payload is under way.
    private struct Frame {
        var opcode = Opcode.continuation
        var isFinal = true
        /// The key for the next byte.
        var maskingKey: MaskingKey?
        /// nil: the next byte belongs to a header.
        var missingCount: Int?
        /// How much of it lies in `buffer`, if it is a control frame.
        var keptCount: UInt8 = 0
    }

    /// The message whose fragments are under way.
    private struct Message {
        var isText: Bool
        var isCompressed: Bool
        var validator = UTF8Validator()

        mutating func check(_ bytes: Span<UInt8>, isLast: Bool) throws(Violation) {
            guard isText else { return }
            guard validator.accept(bytes), !isLast || validator.isComplete else {
                throw Violation(.invalidPayload, "The text is not UTF-8")
            }
        }
    }
}

extension MessageReader {
    /// Takes the next bytes of the stream and calls `body` for every event that they complete.
    /// Bytes are unmasked in place, so `bytes` has changed afterwards.
    ///
    /// `body` may throw a violation of its own (a message that the application refuses): the reader
    /// has ended then, as with any other. It must not touch the reader itself, which is busy.
    package mutating func receive(
        _ bytes: inout MutableSpan<UInt8>,
        in range: Range<Int>,
        _ body: (borrowing Event) throws(Violation) -> Void
    ) throws(Violation) {
        var offset = range.lowerBound
        let end = range.upperBound
        do {
            while !isClosed {
                if frame.missingCount == nil {
                    let rest = bytes.span.extracting(0..<end)
                    guard let header = try parser.next(in: rest, at: &offset) else { break }
                    try begin(header)
                }
                let piece = offset..<offset + min(frame.missingCount ?? 0, end - offset)
                offset = piece.upperBound
                guard try take(piece, of: &bytes, body) == .frameEnded else { break }
            }
        } catch {
            close()
            throw error
        }
    }

    /// The same for a whole span.
    package mutating func receive(
        _ bytes: inout MutableSpan<UInt8>,
        _ body: (borrowing Event) throws(Violation) -> Void
    ) throws(Violation) {
        try receive(&bytes, in: 0..<bytes.count, body)
    }

    /// The same for an array, or a part of it.
    package mutating func receive(
        _ bytes: inout [UInt8],
        in range: Range<Int>? = nil,
        _ body: (borrowing Event) throws(Violation) -> Void
    ) throws(Violation) {
        var span = bytes.mutableSpan
        try receive(&span, in: range ?? 0..<span.count, body)
    }

    /// Takes nothing in any more: this side has decided to end the connection.
    package mutating func close() {
        isClosed = true
        buffer = []
        inflater = nil
    }

    /// Checks what a header alone can show, before a byte of the payload is taken in.
    private mutating func begin(_ header: FrameHeader) throws(Violation) {
        switch header.opcode {
        case .text, .binary:
            guard message == nil else {
                throw Violation(.protocolError, "A message began before the last one ended")
            }
            guard !header.isCompressed || compression != nil else {
                throw Violation(.protocolError, "RSV1 is set, but no extension was agreed")
            }
            message = Message(isText: header.opcode == .text, isCompressed: header.isCompressed)
            try checkSize(of: header)
        case .continuation:
            guard message != nil else {
                throw Violation(.protocolError, "There is no message to continue")
            }
            try checkSize(of: header)
        case .close, .ping, .pong:
            break
        }
        frame = Frame(
            opcode: header.opcode,
            isFinal: header.isFinal,
            maskingKey: header.maskingKey,
            missingCount: header.payloadByteCount
        )
    }

    private func checkSize(of header: FrameHeader) throws(Violation) {
        var allowed = messageBytesMaximum
        if message?.isCompressed == true {
            // What can't be compressed grows a little: five bytes in every stored block.
            allowed += allowed >> 8 + 64
        } else {
            allowed -= buffer.count
        }
        guard header.payloadByteCount <= allowed else { throw Self.tooBig }
    }

    static var tooBig: Violation { Violation(.messageTooBig, "The message is too big") }
}

extension MessageReader {
    private enum Taken {
        case frameEnded
        case moreIsMissing
    }

    /// Takes what is at hand of the frame's payload.
    private mutating func take(
        _ piece: Range<Int>,
        of bytes: inout MutableSpan<UInt8>,
        _ body: (borrowing Event) throws(Violation) -> Void
    ) throws(Violation) -> Taken {
        if let key = frame.maskingKey {
            key.apply(to: &bytes, in: piece)
            frame.maskingKey = key.advanced(by: piece.count)
        }
        let missingCount = (frame.missingCount ?? 0) - piece.count
        let hasEnded = missingCount == 0
        frame.missingCount = hasEnded ? nil : missingCount

        let payload = bytes.span.extracting(piece)
        if !frame.opcode.isControl {
            try takeData(payload, endsMessage: hasEnded && frame.isFinal, body)
        } else if hasEnded {
            try finishControl(payload, body)
        } else {
            buffer.append(copying: payload)
            frame.keptCount += UInt8(payload.count)
        }
        return hasEnded ? .frameEnded : .moreIsMissing
    }

    private mutating func takeData(
        _ payload: Span<UInt8>,
        endsMessage: Bool,
        _ body: (borrowing Event) throws(Violation) -> Void
    ) throws(Violation) {
        guard var current = message else {
            preconditionFailure("A data frame is only begun when there is a message for it")
        }
        if current.isCompressed {
            let start = buffer.count
            try inflate(payload, endsMessage: endsMessage)
            try current.check(buffer.span.extracting(start..<buffer.count), isLast: endsMessage)
        } else {
            try current.check(payload, isLast: endsMessage)
            if endsMessage && buffer.isEmpty {
                message = nil
                return try body(current.isText ? .text(payload) : .binary(payload))
            }
            buffer.append(copying: payload)
        }
        guard endsMessage else {
            message = current
            return
        }
        let whole = buffer
        message = nil
        buffer = []
        try body(current.isText ? .text(whole.span) : .binary(whole.span))
    }

    private mutating func inflate(
        _ payload: Span<UInt8>,
        endsMessage: Bool
    ) throws(Violation) {
        guard let compression else {
            preconditionFailure("A compressed message is only begun when that was agreed")
        }
        var inflater = self.inflater.take() ?? Inflater(windowBits: compression.windowBits)
        try inflater.inflate(payload, into: &buffer, upTo: messageBytesMaximum)
        if endsMessage {
            try inflater.finishMessage(into: &buffer, upTo: messageBytesMaximum)
        }
        if !endsMessage || compression.keepsContext {
            self.inflater = consume inflater
        }
    }

    private mutating func finishControl(
        _ payload: Span<UInt8>,
        _ body: (borrowing Event) throws(Violation) -> Void
    ) throws(Violation) {
        guard frame.keptCount > 0 else { return try control(payload, body) }
        buffer.append(copying: payload)
        let count = Int(frame.keptCount) + payload.count
        let whole = [UInt8](copying: buffer.span.extracting(last: count))
        // An empty buffer is given back; one that holds a message's beginning stays.
        if buffer.count == count {
            buffer = []
        } else {
            buffer.removeLast(count)
        }
        try control(whole.span, body)
    }

    private mutating func control(
        _ payload: Span<UInt8>,
        _ body: (borrowing Event) throws(Violation) -> Void
    ) throws(Violation) {
        switch frame.opcode {
        case .ping:
            try body(.ping(payload))
        case .pong:
            try body(.pong(payload))
        case .close:
            let status = try CloseStatus(parsing: payload)
            close()
            try body(.close(status))
        case .text, .binary, .continuation:
            preconditionFailure("Only control frames come here")
        }
    }
}
