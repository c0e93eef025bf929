import Hub

/// Writes what nodes tell each other: numbers as varints, texts and bytes with their lengths.
struct BusWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ byte: UInt8) { bytes.append(byte) }

    mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(_ run: [UInt8]) {
        write(UInt64(run.count))
        bytes += run
    }

    mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    mutating func write(_ time: Timestamp) {
        write(UInt64(bitPattern: time.milliseconds))
    }
}
