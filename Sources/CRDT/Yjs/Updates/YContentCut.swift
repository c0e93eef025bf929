/// Finds the byte at which a run of content is cut in two.
enum YContentCut {
    /// Content that was validated when it was decoded; `offset` lies within its length.
    static func split(
        _ kind: YContentKind,
        _ bytes: [UInt8],
        in range: Range<Int>,
        at offset: Int
    ) -> ContentSplit {
        switch kind {
        case .string:
            return UTF8Text.split(bytes, in: range, at: offset)
        case .json, .any:
            var reader = ByteReader(bytes, in: range)
            for _ in 0..<offset {
                do {
                    if kind == .any {
                        try reader.stepOverValue()
                    } else {
                        _ = try reader.readVarBytes()
                    }
                } catch {
                    preconditionFailure("Stored content was valid when it came.")
                }
            }
            return ContentSplit(byte: reader.position, tearsPair: false)
        default:
            return ContentSplit(byte: range.lowerBound, tearsPair: false)
        }
    }
}
