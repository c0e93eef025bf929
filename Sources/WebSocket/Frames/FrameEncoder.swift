/// Payloads to finished frames, ready to be sent.
///
/// A server leaves `mask` out and shares one frame among all that get it; a client gives each frame
/// a new key.
package enum FrameEncoder {
    /// Writes a frame at the end of `bytes`.
    package static func append(
        _ opcode: Opcode,
        _ payload: Span<UInt8>,
        isFinal: Bool = true,
        isCompressed: Bool = false,
        mask: MaskingKey? = nil,
        to bytes: inout [UInt8]
    ) {
        if opcode.isControl {
            precondition(
                payload.count <= FrameHeader.controlPayloadMaximum && isFinal && !isCompressed,
                "A control frame is one short frame as it is"
            )
        }
        FrameHeader(
            opcode,
            payloadByteCount: payload.count,
            isFinal: isFinal,
            isCompressed: isCompressed,
            maskingKey: mask
        ).append(to: &bytes)
        let start = bytes.count
        bytes.append(copying: payload)
        if let mask {
            var span = bytes.mutableSpan
            mask.apply(to: &span, in: start..<span.count)
        }
    }

    /// One finished frame.
    package static func frame(
        _ opcode: Opcode,
        _ payload: Span<UInt8>,
        isFinal: Bool = true,
        isCompressed: Bool = false,
        mask: MaskingKey? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(FrameHeader.byteCountMaximum + payload.count)
        append(
            opcode,
            payload,
            isFinal: isFinal,
            isCompressed: isCompressed,
            mask: mask,
            to: &bytes
        )
        return bytes
    }

    /// One finished frame.
    package static func frame(
        _ opcode: Opcode,
        _ payload: [UInt8],
        isFinal: Bool = true,
        isCompressed: Bool = false,
        mask: MaskingKey? = nil
    ) -> [UInt8] {
        frame(
            opcode,
            payload.span,
            isFinal: isFinal,
            isCompressed: isCompressed,
            mask: mask
        )
    }

    /// A text frame.
    package static func text(_ text: String, mask: MaskingKey? = nil) -> [UInt8] {
        frame(.text, Array(text.utf8), mask: mask)
    }

    /// A close frame. The status that was received, given back, is the right answer to it.
    package static func close(_ status: CloseStatus, mask: MaskingKey? = nil) -> [UInt8] {
        frame(.close, status.payload, mask: mask)
    }
}
