/// A head cut into lines: RFC 9112, section 2.
///
/// Only CR LF ends a line. Recipients that disagree about bare CR, bare LF or folded lines can be
/// played off against each other, so none of them is taken.
struct HeadLines {
    let startLine: Range<Int>
    let fieldLines: [Range<Int>]
    /// Up to and including the empty line.
    let byteCount: Int

    /// nil: the empty line has not come yet.
    static func scan(
        _ bytes: Span<UInt8>,
        limits: HeadLimits
    ) throws(HandshakeRefusal) -> HeadLines? {
        var startLine: Range<Int>?
        var fieldLines: [Range<Int>] = []
        var lineStart = 0
        while let lineEnd = try endOfLine(in: bytes, from: lineStart, isStart: startLine == nil) {
            let line = lineStart..<lineEnd
            lineStart = lineEnd + 2
            guard lineStart <= limits.bytesMaximum else { break }
            if !line.isEmpty, startLine == nil {
                startLine = line
            } else if !line.isEmpty {
                guard fieldLines.count < limits.fieldsMaximum else {
                    throw HandshakeRefusal(431, "There are too many header fields")
                }
                fieldLines.append(line)
            } else if let startLine {
                return HeadLines(
                    startLine: startLine,
                    fieldLines: fieldLines,
                    byteCount: lineStart
                )
            }
            // An empty line before the start line is skipped: RFC 9112, section 2.2.
        }
        guard lineStart <= limits.bytesMaximum, bytes.count < limits.bytesMaximum else {
            throw startLine == nil
                ? HandshakeRefusal(414, "The request target is too long")
                : HandshakeRefusal(431, "The header fields are too large")
        }
        return nil
    }

    /// Where the next CR LF begins; nil: not here yet. Control characters are refused at once, so
    /// that a client that speaks TLS or anything else gets its answer without waiting for a
    /// timeout.
    private static func endOfLine(
        in bytes: Span<UInt8>,
        from start: Int,
        isStart: Bool
    ) throws(HandshakeRefusal) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\r") {
                guard index + 1 < bytes.count else { return nil }
                guard bytes[index + 1] == UInt8(ascii: "\n") else {
                    throw .malformed("A carriage return stands alone")
                }
                return index
            }
            if byte < 0x20 || byte == 0x7F {
                guard byte == UInt8(ascii: "\t"), !isStart else {
                    throw .malformed("The head has a control character in it")
                }
            }
            index += 1
        }
        return nil
    }
}

extension HeadLines {
    /// The fields: `name ":" blanks value blanks`.
    func fields(in bytes: Span<UInt8>) throws(HandshakeRefusal) -> HeaderFields {
        var fields: [HeaderFields.Field] = []
        fields.reserveCapacity(fieldLines.count)
        for line in fieldLines {
            guard !Token.isBlank(bytes[line.lowerBound]) else {
                throw .malformed("A folded header field is obsolete")
            }
            var colon = line.lowerBound
            while colon < line.upperBound, Token.contains(bytes[colon]) { colon += 1 }
            guard colon < line.upperBound, bytes[colon] == UInt8(ascii: ":"),
                colon > line.lowerBound
            else {
                throw .malformed("A header field has no name")
            }
            let name = Self.text(bytes, in: line.lowerBound..<colon)
            let value = Self.text(bytes, in: colon + 1..<line.upperBound).trimmingBlanks()
            fields.append(HeaderFields.Field(name, value))
        }
        return HeaderFields(fields)
    }

    /// The start line's three parts, parted by one space each. The last one may have spaces in it.
    func startParts(in bytes: Span<UInt8>) -> (String, String, String)? {
        guard let first = Self.space(in: bytes, startLine),
            let second = Self.space(in: bytes, first + 1..<startLine.upperBound)
        else { return nil }
        return (
            Self.text(bytes, in: startLine.lowerBound..<first),
            Self.text(bytes, in: first + 1..<second),
            Self.text(bytes, in: second + 1..<startLine.upperBound)
        )
    }

    private static func space(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        range.first { bytes[$0] == UInt8(ascii: " ") }
    }

    private static func text(_ bytes: Span<UInt8>, in range: Range<Int>) -> String {
        String(decoding: [UInt8](copying: bytes.extracting(range)), as: UTF8.self)
    }
}
