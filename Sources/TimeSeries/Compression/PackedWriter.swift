/// Appends integers to bytes as chunks, payloads and snapshots have them.
struct PackedWriter: Sendable {
    var bytes: [UInt8]

    init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    mutating func byte(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// LEB128.
    mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    mutating func varint(_ value: Int) {
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// Small numbers of either sign in few bytes.
    mutating func zigzag(_ value: Int64) {
        varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Little endian.
    mutating func word(_ value: UInt64) {
        var value = value
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: value))
            value >>= 8
        }
    }

    /// The length, then the bytes.
    mutating func run(_ run: some Collection<UInt8>) {
        varint(run.count)
        bytes.append(contentsOf: run)
    }
}
