/// Checks UTF-8 that comes in pieces, and says no at the first byte that can't be right.
///
/// Between two pieces it remembers how many bytes of a character are missing and what the next one
/// may be: three bytes in all. The table is the Unicode Standard's, 3-7 "Well-Formed UTF-8 Byte
/// Sequences".
package struct UTF8Validator: Sendable {
    private var missingCount: UInt8 = 0
    private var nextMinimum: UInt8 = 0x80
    private var nextMaximum: UInt8 = 0xBF

    package init() {}

    /// Whether no character is left unfinished.
    package var isComplete: Bool { missingCount == 0 }

    /// Takes the next piece; false: it can't be UTF-8, whatever follows.
    package mutating func accept(_ bytes: Span<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            if missingCount == 0 {
                index = Self.skipASCII(bytes, from: index)
                index = Self.skipCharacters(bytes, from: index)
                guard index < bytes.count else { return true }
                if bytes[index] < 0x80 { continue }
                guard begin(bytes[index]) else { return false }
            } else {
                let byte = bytes[index]
                guard byte >= nextMinimum, byte <= nextMaximum else { return false }
                missingCount -= 1
                nextMinimum = 0x80
                nextMaximum = 0xBF
            }
            index += 1
        }
        return true
    }

    /// A character's first byte. Overlong forms, surrogates and what lies above U+10FFFF already
    /// show in the bounds of the second byte.
    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF:
            missingCount = 1
        case 0xE0...0xEF:
            missingCount = 2
            if byte == 0xE0 { nextMinimum = 0xA0 }
            if byte == 0xED { nextMaximum = 0x9F }
        case 0xF0...0xF4:
            missingCount = 3
            if byte == 0xF0 { nextMinimum = 0x90 }
            if byte == 0xF4 { nextMaximum = 0x8F }
        default:
            return false
        }
        return true
    }

    /// The index of the first byte that is not ASCII.
    private static func skipASCII(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let memory = bytes.bytes
        var index = start
        while bytes.count - index >= 32 {
            let block = memory.unsafeLoadUnaligned(
                fromByteOffset: index,
                as: SIMD4<UInt64>.self
            )
            let pairs = block.lowHalf | block.highHalf
            guard (pairs[0] | pairs[1]) & 0x8080_8080_8080_8080 == 0 else { break }
            index += 32
        }
        while bytes.count - index >= 8 {
            let block = memory.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard block & 0x8080_8080_8080_8080 == 0 else { break }
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 {
            index += 1
        }
        return index
    }

    /// Steps over characters that lie whole and right in the bytes, up to a run of ASCII, the last
    /// three bytes or anything that looks wrong: those are for the slow way to judge, byte by byte.
    ///
    /// Four bytes are looked at in one word. The first byte is the word's lowest: `0x..C0E0` masks
    /// what marks a second and a first byte.
    private static func skipCharacters(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let memory = bytes.bytes
        var index = start
        while bytes.count - index >= 4 {
            let word = UInt32(
                littleEndian: memory.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self)
            )
            if word & 0xC0C0F0 == 0x8080E0 {
                // Neither overlong (E0 80…9F) nor a surrogate (ED A0…BF).
                let edge = word & 0x200F
                guard edge != 0, edge != 0x200D else { return index }
                index += 3
            } else if word & 0xC0E0 == 0x80C0 {
                // Not overlong (C0, C1).
                guard word & 0x1E != 0 else { return index }
                index += 2
            } else if word & 0xC0C0_C0F8 == 0x8080_80F0 {
                // The plane: not 0, which is overlong, and no more than 16.
                let plane = (word & 0x7) << 2 | word >> 12 & 0x3
                guard (1...16).contains(plane) else { return index }
                index += 4
            } else if word & 0x80 == 0, word & 0x8080_8080 != 0 {
                index += 1
            } else {
                return index
            }
        }
        return index
    }
}
