/// Copying a span's bytes into an array, all at once.
extension [UInt8] {
    /// The bytes of a span that is about to end, to keep.
    package init(copying bytes: Span<UInt8>) {
        self = bytes.withUnsafeBufferPointer { Array($0) }
    }

    /// The pointer lives for the one `memcpy` only; `append(contentsOf:)` knows no spans yet.
    package mutating func append(copying bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
