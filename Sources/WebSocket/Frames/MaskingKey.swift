/// The four bytes that a client's payload is XORed with: RFC 6455, section 5.3.
package struct MaskingKey: Hashable, Sendable {
    /// The key as it lies in memory: its first byte is the word's lowest.
    private let word: UInt32

    package init(_ word: UInt32) {
        self.word = word
    }

    init(_ bytes: Span<UInt8>, at start: Int) {
        word =
            UInt32(bytes[start])
            | UInt32(bytes[start + 1]) << 8
            | UInt32(bytes[start + 2]) << 16
            | UInt32(bytes[start + 3]) << 24
    }

    func append(to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift)))
        }
    }

    /// The key to go on with when `byteCount` bytes of the payload are done.
    func advanced(by byteCount: Int) -> MaskingKey {
        let bits = UInt32(byteCount & 3) * 8
        return MaskingKey(word >> bits | word << ((32 - bits) & 31))
    }

    /// Masks or unmasks the bytes in `range`, where the payload (or what is left of it) begins.
    package func apply(to bytes: inout MutableSpan<UInt8>, in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "Out of bounds")
        var memory = bytes.mutableBytes
        var index = range.lowerBound
        let end = range.upperBound

        // Wide steps first. All widths are multiples of four, so the key stays in phase.
        let wide = SIMD8<UInt32>(repeating: word.littleEndian)
        while end - index >= 32 {
            let block = memory.bytes.unsafeLoadUnaligned(
                fromByteOffset: index,
                as: SIMD8<UInt32>.self
            )
            memory.storeBytes(of: block ^ wide, toByteOffset: index, as: SIMD8<UInt32>.self)
            index += 32
        }
        while end - index >= 4 {
            let block = memory.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self)
            memory.storeBytes(of: block ^ word.littleEndian, toByteOffset: index, as: UInt32.self)
            index += 4
        }
        var rest = word
        while index < end {
            let byte = memory.bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            let masked = byte ^ UInt8(truncatingIfNeeded: rest)
            memory.storeBytes(of: masked, toByteOffset: index, as: UInt8.self)
            rest >>= 8
            index += 1
        }
    }
}
