/// What a load test writes into each message: who posted it, as which of his messages, and when.
///
/// In text it is `L:` and four groups of eight letters a–p, a nibble each, so that a group is read
/// with a handful of operations; the rest of the content is dots.
struct Stamp: Equatable {
    var publisher: UInt32
    /// From 1, without a gap.
    var sequence: UInt32
    /// When it was due, on the monotonic clock: not when it was sent, so that a client that falls
    /// behind doesn't hide the wait.
    var nanoseconds: Int64

    static let mark = "L:"
    static let byteCount = 34

    func content(byteCount: Int = 64) -> [UInt8] {
        var bytes = Array(Self.mark.utf8)
        bytes.reserveCapacity(max(byteCount, Self.byteCount))
        Self.append(publisher, to: &bytes)
        Self.append(sequence, to: &bytes)
        let time = UInt64(bitPattern: nanoseconds)
        Self.append(UInt32(truncatingIfNeeded: time >> 32), to: &bytes)
        Self.append(UInt32(truncatingIfNeeded: time), to: &bytes)
        while bytes.count < byteCount { bytes.append(UInt8(ascii: ".")) }
        return bytes
    }

    /// Reads a stamp whose groups begin at `place`, behind the mark.
    static func read(_ text: Span<UInt8>, at place: Int) -> Stamp? {
        guard place >= 0, text.count - place >= 32 else { return nil }
        guard let publisher = group(text, at: place), let sequence = group(text, at: place + 8),
            let high = group(text, at: place + 16), let low = group(text, at: place + 24)
        else { return nil }
        let time = UInt64(high) << 32 | UInt64(low)
        return Stamp(
            publisher: publisher,
            sequence: sequence,
            nanoseconds: Int64(bitPattern: time)
        )
    }

    /// Reads a stamp with its mark.
    static func read(_ text: Span<UInt8>, withMarkAt place: Int) -> Stamp? {
        guard place >= 0, text.count - place >= byteCount, text[place] == UInt8(ascii: "L"),
            text[place + 1] == UInt8(ascii: ":")
        else { return nil }
        return read(text, at: place + 2)
    }

    private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: 28, through: 0, by: -4) {
            bytes.append(UInt8(ascii: "a") + UInt8(word >> UInt32(shift) & 0xF))
        }
    }

    private static func group(_ text: Span<UInt8>, at place: Int) -> UInt32? {
        let letters = text.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
        var word = letters.bigEndian &- 0x6161_6161_6161_6161
        guard word & 0xF0F0_F0F0_F0F0_F0F0 == 0 else { return nil }
        word = (word | word >> 4) & 0x00FF_00FF_00FF_00FF
        word = (word | word >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: word | word >> 16)
    }
}
