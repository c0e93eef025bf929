/// The first 2 to 14 bytes of a frame: RFC 6455, section 5.2.
package struct FrameHeader: Equatable, Sendable {
    package var isFinal: Bool
    /// On the first frame of a message: the message is compressed (RFC 7692, section 6).
    package var isCompressed: Bool
    package var opcode: Opcode
    package var payloadByteCount: Int
    package var maskingKey: MaskingKey?

    package init(
        _ opcode: Opcode,
        payloadByteCount: Int,
        isFinal: Bool = true,
        isCompressed: Bool = false,
        maskingKey: MaskingKey? = nil
    ) {
        self.isFinal = isFinal
        self.isCompressed = isCompressed
        self.opcode = opcode
        self.payloadByteCount = payloadByteCount
        self.maskingKey = maskingKey
    }

    /// Two bytes, eight of extended length, four of masking key.
    package static let byteCountMaximum = 14

    /// A control frame's payload; a longer one would need the extended length.
    package static let controlPayloadMaximum = 125
}

extension FrameHeader {
    /// Reads a header that begins at `start`; nil if its end has not come yet. Whatever is wrong is
    /// noticed as soon as the byte that makes it wrong is there.
    static func parse(
        _ bytes: Span<UInt8>,
        at start: Int,
        by endpoint: Endpoint
    ) throws(Violation) -> (header: FrameHeader, byteCount: Int)? {
        let available = bytes.count - start
        guard available >= 1 else { return nil }
        var header = try parseFirstByte(bytes[start])

        guard available >= 2 else { return nil }
        let second = bytes[start + 1]
        let isMasked = second & 0x80 != 0
        guard isMasked == (endpoint == .server) else {
            throw Violation(
                .protocolError,
                isMasked ? "A server must not mask its frames" : "A client must mask its frames"
            )
        }
        header.payloadByteCount = Int(second & 0x7F)
        guard !header.opcode.isControl || header.payloadByteCount <= controlPayloadMaximum else {
            throw Violation(.protocolError, "A control frame holds at most 125 bytes")
        }

        var byteCount = 2
        if header.payloadByteCount > 125 {
            let width = header.payloadByteCount == 126 ? 2 : 8
            guard available >= byteCount + width else { return nil }
            header.payloadByteCount = try parseLength(bytes, at: start + byteCount, width: width)
            byteCount += width
        }
        if isMasked {
            guard available >= byteCount + 4 else { return nil }
            header.maskingKey = MaskingKey(bytes, at: start + byteCount)
            byteCount += 4
        }
        return (header, byteCount)
    }

    /// FIN, the three reserved bits and the opcode. Whether RSV1 may be set here depends on what
    /// was negotiated, which is for the reader of messages to judge.
    @inline(__always)
    private static func parseFirstByte(_ byte: UInt8) throws(Violation) -> FrameHeader {
        guard byte & 0x30 == 0 else {
            throw Violation(.protocolError, "RSV2 and RSV3 have no meaning here")
        }
        guard let opcode = Opcode(rawValue: byte & 0x0F) else {
            throw Violation(.protocolError, "This opcode is reserved")
        }
        let isFinal = byte & 0x80 != 0
        let isCompressed = byte & 0x40 != 0
        guard !opcode.isControl || isFinal else {
            throw Violation(.protocolError, "A control frame must not be fragmented")
        }
        guard !isCompressed || opcode == .text || opcode == .binary else {
            throw Violation(.protocolError, "RSV1 belongs on the first frame of a message")
        }
        return FrameHeader(
            opcode,
            payloadByteCount: 0,
            isFinal: isFinal,
            isCompressed: isCompressed
        )
    }

    /// The extended length, big endian: it must be the shortest form, and its top bit zero.
    private static func parseLength(
        _ bytes: Span<UInt8>,
        at start: Int,
        width: Int
    ) throws(Violation) -> Int {
        var length: UInt64 = 0
        for index in start..<start + width {
            length = length << 8 | UInt64(bytes[index])
        }
        guard length <= UInt64(Int64.max) else {
            throw Violation(.protocolError, "The top bit of a payload length must be zero")
        }
        guard length > (width == 2 ? 125 : 0xFFFF) else {
            throw Violation(.protocolError, "A payload length must take the shortest form")
        }
        return Int(length)
    }
}

extension FrameHeader {
    /// Writes the header at the end of `bytes`.
    func append(to bytes: inout [UInt8]) {
        let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
        bytes.append((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue)
        switch payloadByteCount {
        case ...125:
            bytes.append(maskBit | UInt8(payloadByteCount))
        case ...0xFFFF:
            bytes.append(maskBit | 126)
            bytes.append(UInt8(payloadByteCount >> 8))
            bytes.append(UInt8(payloadByteCount & 0xFF))
        default:
            bytes.append(maskBit | 127)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: payloadByteCount >> shift))
            }
        }
        if let maskingKey {
            maskingKey.append(to: &bytes)
        }
    }
}
