/// Writes lib0's primitives.
struct ByteWriter {
    /// What is written, and room behind it.
    private var storage: [UInt8]
    private(set) var count = 0

    /// How much room there always is: an integer is written as one word.
    private static let room = 16

    init(capacity: Int = 0) {
        storage = [UInt8](repeating: 0, count: capacity + Self.room)
    }

    /// What was written.
    consuming func finish() -> [UInt8] {
        storage.removeLast(storage.count - count)
        return storage
    }

    @inline(__always)
    private mutating func makeRoom(_ more: Int = 0) {
        if storage.count - count < more + Self.room { grow(by: more) }
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        let added = max(more + Self.room, storage.count)
        storage.append(contentsOf: repeatElement(0, count: added))
    }

    @inline(__always)
    mutating func write(_ byte: UInt8) {
        makeRoom()
        storage[count] = byte
        count += 1
    }

    /// An unsigned integer of at most 53 bits.
    @inline(__always)
    mutating func writeVarUint(_ value: UInt64) {
        if value < 0x80 { return write(UInt8(truncatingIfNeeded: value)) }
        write(PackedInteger(value))
    }

    @inline(__always)
    mutating func write(_ integer: PackedInteger) {
        makeRoom()
        let place = count
        var span = storage.mutableSpan
        var bytes = span.mutableBytes
        bytes.storeBytes(of: integer.word.littleEndian, toByteOffset: place, as: UInt64.self)
        count += integer.length
    }

    @inline(__always)
    mutating func writeVarUint(_ value: UInt32) {
        writeVarUint(UInt64(value))
    }

    mutating func writeVarInt(magnitude: UInt64, isNegative: Bool) {
        var rest = magnitude >> 6
        let sign: UInt8 = isNegative ? 0x40 : 0
        write((rest > 0 ? 0x80 : 0) | sign | UInt8(magnitude & 0x3F))
        while rest > 0 {
            write((rest > 0x7F ? 0x80 : 0) | UInt8(rest & 0x7F))
            rest >>= 7
        }
    }

    mutating func writeVarInt(_ value: Int64) {
        writeVarInt(magnitude: value.magnitude, isNegative: value < 0)
    }

    /// Bytes as they are.
    mutating func writeRaw(_ source: [UInt8], _ range: Range<Int>) {
        makeRoom(range.count)
        let end = count + range.count
        if range.count > Self.room {
            storage.replaceSubrange(count..<end, with: source[range])
        } else {
            var place = count
            var span = storage.mutableSpan
            for index in range {
                span[place] = source[index]
                place += 1
            }
        }
        count = end
    }

    mutating func writeRaw(_ source: [UInt8]) {
        writeRaw(source, source.indices)
    }

    mutating func writeVarBytes(_ source: [UInt8], _ range: Range<Int>) {
        writeVarUint(UInt64(range.count))
        writeRaw(source, range)
    }

    mutating func writeVarBytes(_ source: [UInt8]) {
        writeVarBytes(source, source.indices)
    }

    mutating func writeRaw(_ text: String) {
        for byte in text.utf8 { write(byte) }
    }

    mutating func writeVarString(_ text: String) {
        writeVarUint(UInt64(text.utf8.count))
        writeRaw(text)
    }

    mutating func writeBigEndian(_ value: UInt64, count: Int) {
        for index in (0..<count).reversed() {
            write(UInt8(truncatingIfNeeded: value >> UInt64(index * 8)))
        }
    }
}
