/// Content whose bytes are kept as they came.
extension ByteReader {
    /// Checks a JSON text and gives the range of it.
    @discardableResult
    mutating func skipJSON(
        depth: Int,
        orUndefined: Bool = false
    ) throws(YDecodingError) -> Range<Int> {
        let range = try readVarText()
        if orUndefined, bytes[range].elementsEqual("undefined".utf8) { return range }
        _ = try JSONReader.value(of: bytes, in: range, depth: depth)
        return range
    }

    /// Checks a mark, a shared type or a subdocument, and steps over it.
    mutating func skipNamedContent(
        _ kind: YContentKind,
        depth: Int
    ) throws(YDecodingError) {
        switch kind {
        case .format:
            _ = try readVarText()
            try skipJSON(depth: depth)
        case .type:
            let reference = try readVarUint()
            guard let type = YTypeCode(wire: reference) else { throw .unknownType(reference) }
            if type.hasName { _ = try readVarText() }
        default:
            _ = try readVarText()
            try skipValue(depth: depth)
        }
    }

    /// A delete set in the form of the first format.
    mutating func readDeletes(
        into deletes: inout [YDeleteRange],
        limits: YLimits
    ) throws(YDecodingError) {
        for _ in 0..<(try readCount()) {
            let client = try readVarUint()
            for _ in 0..<(try readCount()) {
                let clock = try readVarUint()
                let length = try readVarUint()
                guard clock <= limits.clockMaximum, length <= limits.clockMaximum - clock else {
                    throw .clockTooLarge
                }
                guard length > 0 else { continue }
                deletes.append(
                    YDeleteRange(
                        client: client,
                        clock: UInt32(truncatingIfNeeded: clock),
                        length: UInt32(truncatingIfNeeded: length)
                    )
                )
            }
        }
    }
}
