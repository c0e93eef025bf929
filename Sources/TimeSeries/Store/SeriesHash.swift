/// A hash of canonical label bytes: which shard a series belongs to, and where tables keep it.
package enum SeriesHash {
    /// How many shards a node's series are spread over.
    package static let shards = 8

    /// The series' shard: the same on every node and for ever.
    package static func shard(of canonicalLabels: RawSpan) -> Int {
        Int(hash(canonicalLabels, seed: 0) >> 32) & (shards - 1)
    }

    package static func shard(of canonicalLabels: [UInt8]) -> Int {
        shard(of: canonicalLabels.span.bytes)
    }

    package static func shard(of labels: Labels) -> Int {
        shard(of: labels.bytes)
    }

    /// Eight bytes a step: multiply to 128 bits and fold, as wyhash and its kin do.
    static func hash(_ bytes: RawSpan, seed: UInt64) -> UInt64 {
        var state = seed ^ 0x9E37_79B9_7F4A_7C15
        var index = 0
        let count = bytes.byteCount
        while index + 8 <= count {
            let word = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            state = fold(state ^ UInt64(littleEndian: word), 0xA076_1D64_78BD_642F)
            index += 8
        }
        var rest: UInt64 = 0
        while index < count {
            rest = rest << 8 | UInt64(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
            index += 1
        }
        state = fold(state ^ rest, 0xE703_7ED1_A0B4_28DB)
        return fold(state ^ UInt64(truncatingIfNeeded: count), 0x8EBC_6AF0_9C88_C6E3)
    }

    private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low
    }
}
