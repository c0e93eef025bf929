/// The hash slot of a key: where it is in a Redis Cluster. What stands in the first pair of braces
/// decides alone, so that keys can be kept together.

package struct KeySlot: Hashable, Comparable, Sendable {
    package static let count = 16384

    package let number: UInt16

    package init(of key: [UInt8]) {
        number = Self.checksum(Self.tag(of: key)) % UInt16(Self.count)
    }

    /// Nil past the last slot.
    init?(_ number: some BinaryInteger) {
        guard number >= 0, number < Self.count else { return nil }
        self.number = UInt16(number)
    }

    package static func < (left: KeySlot, right: KeySlot) -> Bool { left.number < right.number }

    private static func tag(of key: [UInt8]) -> ArraySlice<UInt8> {
        guard let opening = key.firstIndex(of: UInt8(ascii: "{")) else { return key[...] }
        let rest = key[(opening + 1)...]
        guard let closing = rest.firstIndex(of: UInt8(ascii: "}")), closing > opening + 1 else {
            return key[...]
        }
        return rest[..<closing]
    }

    /// CRC-16/XMODEM.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        bytes.reduce(0) { $0 << 8 ^ table[Int($0 >> 8 ^ UInt16($1))] }
    }

    private static let table: [UInt16] = (0..<256).map { byte in
        (0..<8).reduce(UInt16(byte) << 8) { sum, _ in
            sum & 0x8000 != 0 ? sum << 1 ^ 0x1021 : sum << 1
        }
    }
}
