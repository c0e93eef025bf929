/// Finds the frame headers in a stream of bytes, however the stream is cut up.
///
/// A header that lies whole in the bytes at hand is read where it is. Of one that is cut, the part
/// that came is kept inside the parser: at most 13 bytes, no allocation.
package struct FrameParser: Sendable {
    private let endpoint: Endpoint
    private var keptCount: UInt8 = 0
    private var kept = InlineArray<14, UInt8>(repeating: 0)

    package init(for endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    /// The next header, which begins at `offset`, or began in bytes that came before. `offset`
    /// moves past what was used. nil: all bytes are used and the header still has no end.
    package mutating func next(
        in bytes: Span<UInt8>,
        at offset: inout Int
    ) throws(Violation) -> FrameHeader? {
        if keptCount == 0 {
            if let found = try FrameHeader.parse(bytes, at: offset, by: endpoint) {
                offset += found.byteCount
                return found.header
            }
        }
        while offset < bytes.count {
            kept[Int(keptCount)] = bytes[offset]
            keptCount += 1
            offset += 1
            let soFar = kept.span.extracting(0..<Int(keptCount))
            if let found = try FrameHeader.parse(soFar, at: 0, by: endpoint) {
                keptCount = 0
                return found.header
            }
        }
        return nil
    }
}
