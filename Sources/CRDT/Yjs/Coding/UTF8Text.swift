/// Text is stored as UTF-8 and counted in UTF-16 code units, as JavaScript counts.
enum UTF8Text {
    /// What stands for each half of a surrogate pair that was torn apart.
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// The number of UTF-16 code units; throws if the bytes are not UTF-8.
    static func lengthInUTF16(
        of bytes: [UInt8],
        in range: Range<Int>
    ) throws(YDecodingError) -> Int {
        var index = range.lowerBound
        var length = 0
        while index < range.upperBound {
            let ascii = asciiPrefix(of: bytes, in: index..<range.upperBound)
            length += ascii
            index += ascii
            guard index < range.upperBound else { break }
            let width = try scalarWidth(in: bytes, at: index, end: range.upperBound)
            length += width == 4 ? 2 : 1
            index += width
        }
        return length
    }

    /// The number of UTF-16 code units of bytes that are known to be UTF-8.
    static func knownLengthInUTF16(of bytes: [UInt8], in range: Range<Int>) -> Int {
        var length = 0
        for byte in bytes[range] where byte & 0xC0 != 0x80 { length += byte >= 0xF0 ? 2 : 1 }
        return length
    }

    /// How many bytes at the start are ASCII.
    static func asciiPrefix(of bytes: [UInt8], in range: Range<Int>) -> Int {
        var index = range.lowerBound
        if range.count >= 8 {
            let span = bytes.span.bytes
            while index + 8 <= range.upperBound {
                let word = span.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 != 0 { break }
                index += 8
            }
        }
        while index < range.upperBound, bytes[index] < 0x80 { index += 1 }
        return index - range.lowerBound
    }

    /// How many bytes the scalar takes that begins here with a byte beyond ASCII (RFC 3629).
    private static func scalarWidth(
        in bytes: [UInt8],
        at index: Int,
        end: Int
    ) throws(YDecodingError) -> Int {
        let lead = bytes[index]
        let width: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: width = 2
        case 0xE0: (width, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: width = 3
        case 0xED: (width, second) = (3, 0x80...0x9F)
        case 0xF0: (width, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: width = 4
        case 0xF4: (width, second) = (4, 0x80...0x8F)
        default: throw .malformedText
        }
        guard index + width <= end, second.contains(bytes[index + 1]) else { throw .malformedText }
        for next in index + 2..<max(index + width, index + 2) where bytes[next] & 0xC0 != 0x80 {
            throw .malformedText
        }
        return width
    }

    /// Where the code unit at this offset begins in bytes that are known to be UTF-8.
    static func split(_ bytes: [UInt8], in range: Range<Int>, at offset: Int) -> ContentSplit {
        var index = range.lowerBound
        var rest = offset
        while rest > 0, index < range.upperBound {
            let near = min(range.upperBound, index + rest)
            let ascii = asciiPrefix(of: bytes, in: index..<near)
            index += ascii
            rest -= ascii
            guard rest > 0, index < range.upperBound else { break }
            let lead = bytes[index]
            if lead >= 0xF0 {
                if rest == 1 { return ContentSplit(byte: index, tearsPair: true) }
                rest -= 2
                index += 4
            } else if lead >= 0x80 {
                rest -= 1
                index += lead >= 0xE0 ? 3 : 2
            }
        }
        return ContentSplit(byte: index, tearsPair: false)
    }
}
