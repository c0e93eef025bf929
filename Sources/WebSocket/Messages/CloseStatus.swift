/// What a close frame says: a code and, for people who read logs, a reason.
package struct CloseStatus: Hashable, Sendable {
    package let code: CloseCode
    package let reason: String

    /// A control frame holds 125 bytes, and the code takes two of them.
    package static let reasonBytesMaximum = 123

    package init(_ code: CloseCode, reason: String = "") {
        self.code = code
        self.reason = reason
    }

    /// Reads the payload of a close frame. An empty one is legal and means "no status".
    init(parsing payload: Span<UInt8>) throws(Violation) {
        if payload.isEmpty {
            self.init(.noStatusReceived)
            return
        }
        guard payload.count >= 2 else {
            throw Violation(.protocolError, "A close frame of one byte holds half a code")
        }
        let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.isLegalOnTheWire else {
            throw Violation(.protocolError, "This close code must not be sent")
        }
        let text = payload.extracting(2..<payload.count)
        var validator = UTF8Validator()
        guard validator.accept(text), validator.isComplete else {
            throw Violation(.invalidPayload, "The close reason is not UTF-8")
        }
        self.init(code, reason: String(copying: UTF8Span(unchecked: text)))
    }

    /// The payload of a close frame; empty for a code that must not be sent. A reason that is too
    /// long is cut between two characters.
    var payload: [UInt8] {
        guard code.isLegalOnTheWire else { return [] }
        var bytes = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
        for scalar in reason.unicodeScalars {
            let encoded = scalar.utf8
            guard bytes.count - 2 + encoded.count <= Self.reasonBytesMaximum else { break }
            bytes.append(contentsOf: encoded)
        }
        return bytes
    }
}
