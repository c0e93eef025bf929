@testable import WebSocket

// Spans can't stand inside `#expect`, arrays can.

extension UTF8Validator {
    mutating func accept(_ bytes: [UInt8]) -> Bool { accept(bytes.span) }
}

extension FrameParser {
    mutating func next(in bytes: [UInt8], at offset: inout Int) throws(Violation) -> FrameHeader? {
        try next(in: bytes.span, at: &offset)
    }
}

extension Deflater {
    mutating func compressed(_ payload: [UInt8]) -> [UInt8] { compressed(payload.span) }
}

extension RequestHead {
    static func parse(
        _ text: String,
        limits: HeadLimits = HeadLimits()
    ) throws(HandshakeRefusal) -> (head: RequestHead, byteCount: Int)? {
        try parse(Array(text.utf8).span, limits: limits)
    }
}

extension ResponseHead {
    static func parse(
        _ bytes: [UInt8]
    ) throws(HandshakeFailure) -> (head: ResponseHead, byteCount: Int)? {
        try parse(bytes.span)
    }
}
